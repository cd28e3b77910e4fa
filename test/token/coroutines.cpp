// SPDX-License-Identifier: BSL-1.0

// Every operation with the tokens of coroutines.

#include "token/calls.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <tuple>
#include <type_traits>

using namespace asio_fs;
using namespace asio_fs::test;

namespace coroutines_test {

// These take the awaitable, not the operation: there are few types of values and many operations.

template <class T, class Executor>
asio::awaitable<error_code, Executor> error_thrown_by(asio::awaitable<T, Executor> operation)
{
    try
    {
        co_await std::move(operation);
    }
    catch (const system_error& e)
    {
        co_return e.code();
    }
    co_return error_code();
}

template <class... T>
asio::awaitable<error_code> error_in(asio::awaitable<std::tuple<error_code, T...>> operation)
{
    co_return std::get<0>(co_await std::move(operation));
}

template <class T>
asio::awaitable<error_code> error_stored_by(asio::awaitable<T> operation, const error_code& ec)
{
    co_await std::move(operation);
    co_return ec;
}

template <class Fixture, class Executor>
void expect_success(Fixture& t, asio::awaitable<error_code, Executor> work)
{
    error_code result = asio::error::would_block;
    asio::co_spawn(t.executor, std::move(work), [&](std::exception_ptr e, error_code ec) {
        BOOST_TEST(!e);
        result = ec;
    });
    t.run();
    BOOST_TEST(succeeded(result), result.message());
}

} // namespace coroutines_test

using namespace coroutines_test;

BOOST_AUTO_TEST_SUITE(token_coroutines)

BOOST_DATA_TEST_CASE(use_awaitable, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        expect_success(t, error_thrown_by(c.async(t, asio::use_awaitable)));
    });
}

BOOST_DATA_TEST_CASE(as_tuple, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        expect_success(t, error_in(c.async(t, asio::as_tuple(asio::use_awaitable))));
    });
}

BOOST_DATA_TEST_CASE(redirect_error, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec = asio::error::would_block;
        expect_success(t, error_stored_by(c.async(t, asio::redirect_error(asio::use_awaitable, ec)), ec));
    });
}

// No token at all: the executor says which.
BOOST_DATA_TEST_CASE(default_token, engines, engine)
{
    using token = asio::use_awaitable_t<>;
    using executor = token::executor_with_default<asio::any_io_executor>;
    static_assert(std::is_same_v<token::as_default_on_t<extended_file>, fixture<executor>::file_type>);
    static_assert(std::is_same_v<token::as_default_on_t<extended_dir>, fixture<executor>::dir_type>);
    static_assert(std::is_same_v<token::as_default_on_t<tree_walker>, fixture<executor>::walker_type>);
    fixture<executor> t(engine);
    for_each_call([&](const auto& c) { expect_success(t, error_thrown_by(c.async(t))); });
}

BOOST_AUTO_TEST_SUITE_END()
