// SPDX-License-Identifier: BSL-1.0
//
// coroutine FILE...: counts lines as `wc -l` does, all files at the same time on one thread.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;

namespace {

asio::awaitable<std::uint64_t> count_lines(std::string path)
{
    asio_fs::extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(path, asio_fs::extended_file::read_only, asio::use_awaitable);
    co_await file.async_fadvise(0, 0, asio_fs::advice::sequential, asio::use_awaitable);

    std::uint64_t lines = 0;
    std::vector<char> buffer(128 * 1024);
    for (;;)
    {
        error_code ec;
        const std::size_t size = co_await file.async_read_some(
            asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, ec));
        if (ec == asio::error::eof)
            co_return lines;
        if (ec)
            throw asio_fs::system_error(ec, "read");
        lines += static_cast<std::uint64_t>(
            std::count(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
    }
}

} // namespace

int main(int argc, char** argv)
{
    asio::io_context ctx;
    int status = 0;
    for (int i = 1; i < argc; ++i)
    {
        const std::string path = argv[i];
        const auto print = [&status, path](std::exception_ptr failure, std::uint64_t lines) {
            try
            {
                if (failure)
                    std::rethrow_exception(failure);
                std::cout << lines << ' ' << path << '\n';
            }
            catch (const std::exception& e)
            {
                std::cerr << path << ": " << e.what() << '\n';
                status = 1;
            }
        };
        asio::co_spawn(ctx, count_lines(path), print);
    }
    ctx.run();
    return status;
}
