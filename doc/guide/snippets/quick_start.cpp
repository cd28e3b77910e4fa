// SPDX-License-Identifier: BSL-1.0

// [program
#include <asio_fs.hpp>
#include <boost/asio.hpp>
#include <exception>
#include <iostream>

namespace asio = boost::asio;

asio::awaitable<void> show(std::string path)
{
    asio_fs::extended_dir dir(co_await asio::this_coro::executor);
    co_await dir.async_open(path, asio::use_awaitable);

    asio_fs::dir_batch batch;
    while (co_await dir.async_readdir(batch, asio::use_awaitable) != 0)
    {
        for (const asio_fs::dir_entry entry : batch)
        {
            const asio_fs::file_status status = co_await dir.async_statx(entry.name,
                asio_fs::at_flags::symlink_nofollow, asio_fs::statx_mask::size, asio::use_awaitable);
            std::cout << status.size() << '\t' << entry.name << '\n';
        }
    }
}

int main(int argc, char** argv)
{
    asio::io_context ctx;
    asio::co_spawn(ctx, show(argc > 1 ? argv[1] : "."), [](std::exception_ptr failure) {
        if (failure)
            std::rethrow_exception(failure); // out of ctx.run()
    });
    try
    {
        ctx.run();
    }
    catch (const std::exception& e)
    {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
// program]
