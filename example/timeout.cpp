// SPDX-License-Identifier: BSL-1.0
//
// timeout FILE MILLISECONDS: opens a file for reading, and gives up after a while: a fifo that nobody writes
// to, or a network file system whose server is away, would make it wait for ever.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/version.hpp>
#if BOOST_VERSION >= 108600
#include <boost/asio/cancel_after.hpp>
#endif

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <tuple>
#include <variant>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;
using std::chrono::milliseconds;

namespace {

// For every Boost: a race against a timer. Both are over when it is: `||` waits for the loser's end. Should
// the file be opened in the very moment in which the timer fires, the timer has won.
asio::awaitable<error_code> open_within(asio_fs::extended_file& file, std::string path, milliseconds patience)
{
    using namespace asio::experimental::awaitable_operators;
    constexpr auto token = asio::as_tuple(asio::use_awaitable);

    asio::steady_timer timer(co_await asio::this_coro::executor, patience);
    const auto winner =
        co_await (file.async_open(path, asio_fs::extended_file::read_only, token) || timer.async_wait(token));
    if (winner.index() == 0)
        co_return std::get<0>(std::get<0>(winner));
    co_return asio::error::timed_out;
}

#if BOOST_VERSION >= 108600
// Boost 1.86 has it in the token.
asio::awaitable<error_code> open_or_cancel(
    asio_fs::extended_file& file, std::string path, milliseconds patience)
{
    const auto [ec] = co_await file.async_open(path, asio_fs::extended_file::read_only,
        asio::cancel_after(patience, asio::as_tuple(asio::use_awaitable)));
    co_return ec;
}
#endif

asio::awaitable<void> run(std::string path, milliseconds patience, int& status)
{
    asio_fs::extended_file file(co_await asio::this_coro::executor);
    error_code ec = co_await open_within(file, path, patience);
    std::cout << "race: " << (ec ? ec.message() : "open") << '\n';
    status = ec ? 1 : 0;

#if BOOST_VERSION >= 108600
    asio_fs::extended_file other(co_await asio::this_coro::executor);
    ec = co_await open_or_cancel(other, path, patience);
    std::cout << "cancel_after: " << (ec ? ec.message() : "open") << '\n';
#endif
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
    {
        std::cerr << "usage: timeout FILE MILLISECONDS\n";
        return 2;
    }
    asio::io_context ctx;
    int status = 0;
    asio::co_spawn(ctx, run(argv[1], milliseconds(std::atoi(argv[2])), status), asio::detached);
    ctx.run();
    return status;
}
