// SPDX-License-Identifier: BSL-1.0
//
// future FILE...: prints sizes of files from a thread that runs no loop: another one does, and futures come
// back.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>
#include <future>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;

int main(int argc, char** argv)
{
    asio::io_context ctx;
    auto work = asio::make_work_guard(ctx);
    std::thread loop([&] { ctx.run(); });

    // All are asked for at once. Waiting for a future in the thread that runs the loop would never end.
    int status = 0;
    {
        asio_fs::extended_dir here(ctx, ".");
        std::vector<std::future<asio_fs::file_status>> sizes;
        for (int i = 1; i < argc; ++i)
            sizes.push_back(here.async_statx(argv[i], asio::use_future));

        for (int i = 1; i < argc; ++i)
        {
            try
            {
                const asio_fs::file_status file = sizes[static_cast<std::size_t>(i - 1)].get();
                std::cout << file.size() << ' ' << argv[i] << '\n';
            }
            catch (const std::exception& e)
            {
                std::cerr << argv[i] << ": " << e.what() << '\n';
                status = 1;
            }
        }
    }

    work.reset();
    loop.join();
    return status;
}
