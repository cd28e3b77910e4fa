// SPDX-License-Identifier: BSL-1.0

// Every operation with the tokens that need no coroutine.

#include "support/store.hpp"
#include "token/calls.hpp"

#include <asio_fs/as_result.hpp>

#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_future.hpp>

#include <boost/version.hpp>

#if BOOST_VERSION >= 108600
#include <boost/asio/cancel_after.hpp>
#endif

#include <chrono>
#include <future>
#include <memory>
#include <string_view>
#include <type_traits>

using namespace asio_fs;
using namespace asio_fs::test;

namespace adapters_test {

template <class T>
error_code thrown_by(std::future<T> value, std::chrono::seconds patience)
{
    BOOST_TEST_REQUIRE((value.wait_for(patience) == std::future_status::ready));
    try
    {
        value.get();
    }
    catch (const system_error& e)
    {
        return e.code();
    }
    return {};
}

struct store_result
{
    template <class T>
    void operator()(result<T> r) const
    {
        *ec = r ? error_code() : r.error();
    }

    error_code* ec;
};

} // namespace adapters_test

using namespace adapters_test;

BOOST_AUTO_TEST_SUITE(token_adapters)

// The handler of a future brings an executor, a thread of the system's. Operations dispatch to it from the loop,
// which has set the future then; a semaphore posts.
BOOST_DATA_TEST_CASE(use_future, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        auto value = c.async(t, asio::use_future);
        static_assert(std::is_same_v<decltype(value), std::future<decltype(c.sync(t))>>);
        t.run();
        const bool posted = std::string_view(c.name).starts_with("acquire");
        const error_code ec = thrown_by(std::move(value), std::chrono::seconds(posted ? 60 : 0));
        BOOST_TEST(succeeded(ec), ec.message());
    });
}

// Nothing happens before it is started, whatever the loop does.
BOOST_DATA_TEST_CASE(deferred, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        auto operation = c.async(t, asio::deferred);
        t.ctx.restart();
        BOOST_TEST(t.ctx.run() == 0u);
        error_code ec = asio::error::would_block;
        std::move(operation)(store{&ec});
        BOOST_TEST(ec == asio::error::would_block);
        t.run();
        BOOST_TEST(succeeded(ec), ec.message());
    });
}

// There is nobody to tell, but run() waits for it.
BOOST_DATA_TEST_CASE(detached, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        static_assert(std::is_void_v<decltype(c.async(t, asio::detached))>);
        c.async(t, asio::detached);
        t.ctx.restart();
        BOOST_TEST(t.ctx.run() > 0u);
    });
}

BOOST_DATA_TEST_CASE(as_result, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec = asio::error::would_block;
        c.async(t, asio_fs::as_result(store_result{&ec}));
        t.run();
        BOOST_TEST(succeeded(ec), ec.message());
    });
}

#if BOOST_VERSION >= 108600
BOOST_DATA_TEST_CASE(cancel_after, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec = asio::error::would_block;
        c.async(t, asio::cancel_after(std::chrono::hours(1), store{&ec}));
        t.run();
        BOOST_TEST(succeeded(ec), ec.message());
    });
}
#endif

BOOST_AUTO_TEST_SUITE_END()
