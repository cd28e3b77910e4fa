// SPDX-License-Identifier: BSL-1.0

// Every operation in `a || b` and `a && b`.

#include "token/calls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

using namespace asio_fs;
using namespace asio_fs::test;

namespace operators_test {

using namespace asio::experimental::awaitable_operators;

// Against a timer that never comes the operation wins. One that fails wins nothing, and `||` waits for the
// timer.
template <class T>
asio::awaitable<void> competes(asio::awaitable<T> operation, bool fails, bool& done)
{
    using namespace std::chrono_literals;
    asio::steady_timer timer(co_await asio::this_coro::executor, fails ? 1ms : 1h);
    const auto winner = co_await (std::move(operation) || timer.async_wait(asio::use_awaitable));
    BOOST_TEST(winner.index() == (fails ? 1u : 0u));
    done = true;
}

template <class T>
asio::awaitable<void> joins(asio::awaitable<T> operation, bool& done)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(0));
    try
    {
        co_await (std::move(operation) && timer.async_wait(asio::use_awaitable));
    }
    catch (const system_error& e)
    {
        BOOST_TEST(succeeded(e.code()), e.what());
    }
    done = true;
}

void rethrow(std::exception_ptr e)
{
    if (e)
        std::rethrow_exception(e);
}

} // namespace operators_test

using namespace operators_test;

BOOST_AUTO_TEST_SUITE(token_operators)

BOOST_DATA_TEST_CASE(either, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec;
        c.sync(t, ec);
        bool done = false;
        asio::co_spawn(t.ctx, competes(c.async(t, asio::use_awaitable), ec.failed(), done), rethrow);
        t.run();
        BOOST_TEST(done);
    });
}

BOOST_DATA_TEST_CASE(both, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        bool done = false;
        asio::co_spawn(t.ctx, joins(c.async(t, asio::use_awaitable), done), rethrow);
        t.run();
        BOOST_TEST(done);
    });
}

BOOST_AUTO_TEST_SUITE_END()
