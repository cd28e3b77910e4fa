// SPDX-License-Identifier: BSL-1.0
//
// as_result LINK...: prints where symbolic links lead. Errors are values: BOOST_OUTCOME_CO_TRY hands them
// upwards, and no exception is thrown on the way.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/outcome/try.hpp>

#include <iostream>
#include <string>

#include <asio_fs.hpp>

namespace asio = boost::asio;

namespace {

auto token() { return asio_fs::as_result(asio::use_awaitable); }

asio::awaitable<asio_fs::result<std::string>> target_of(std::string path)
{
    asio_fs::extended_dir here(co_await asio::this_coro::executor);
    BOOST_OUTCOME_CO_TRY(co_await here.async_open(".", token()));
    BOOST_OUTCOME_CO_TRY(std::string target, co_await here.async_readlinkat(path, token()));
    co_return target;
}

asio::awaitable<void> print_target(std::string path, int& status)
{
    const asio_fs::result<std::string> target = co_await target_of(path);
    if (target)
        std::cout << path << " -> " << target.value() << '\n';
    else
    {
        std::cerr << path << ": " << target.error().message() << '\n';
        status = 1;
    }
}

} // namespace

int main(int argc, char** argv)
{
    asio::io_context ctx;
    int status = 0;
    for (int i = 1; i < argc; ++i)
        asio::co_spawn(ctx, print_target(argv[i], status), asio::detached);
    ctx.run();
    return status;
}
