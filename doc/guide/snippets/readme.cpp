// SPDX-License-Identifier: BSL-1.0

// [program
#include <asio_fs.hpp>
#include <boost/asio.hpp>
#include <exception>
#include <iostream>

namespace asio = boost::asio;

asio::awaitable<void> example()
{
    asio_fs::extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open("/etc/hostname", asio_fs::extended_file::read_only, asio::use_awaitable);
    const auto status = co_await file.async_statx(asio::use_awaitable);
    std::cout << status.size() << " bytes, mode " << std::oct << status.permissions() << '\n';

    const auto report = co_await asio_fs::async_copy_tree(co_await asio::this_coro::executor, "/usr/share/doc",
                                                          "/tmp/doc", asio_fs::copy_options{}, asio::use_awaitable);
    std::cout << std::dec << report.files << " files copied\n";
}

int main()
{
    asio::io_context ctx;
    asio::co_spawn(ctx, example(), [](std::exception_ptr failure) {
        if (failure)
            std::rethrow_exception(failure); // out of run(): with asio::detached nobody would know
    });
    ctx.run();
}
// program]
