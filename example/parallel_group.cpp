// SPDX-License-Identifier: BSL-1.0
//
// parallel_group DIRECTORY: adds up the sizes of the files in a directory. The entries of a batch are asked
// for at the same time: to io_uring they are one submission.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;
namespace experimental = boost::asio::experimental;

namespace {

struct total
{
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t failures = 0;
};

asio::awaitable<total> add_up(std::string path)
{
    asio_fs::extended_dir dir(co_await asio::this_coro::executor);
    co_await dir.async_open(path, asio::use_awaitable);

    total sum;
    asio_fs::dir_batch names;
    while (co_await dir.async_readdir(names, asio::use_awaitable) != 0)
    {
        const auto status_of = [&](std::string_view name) {
            return dir.async_statx(name, asio_fs::at_flags::symlink_nofollow,
                asio_fs::statx_mask::basic_stats, asio::deferred);
        };
        std::vector<decltype(status_of(""))> questions;
        for (const asio_fs::dir_entry entry : names)
            questions.push_back(status_of(entry.name));

        // An answer for each question, in their order.
        auto [order, errors, answers] =
            co_await experimental::make_parallel_group(std::move(questions))
                .async_wait(experimental::wait_for_all(), asio::use_awaitable);
        for (std::size_t i = 0; i < answers.size(); ++i)
        {
            if (errors[i])
                ++sum.failures;
            else if (answers[i].is_regular())
            {
                ++sum.files;
                sum.bytes += answers[i].size();
            }
        }
    }
    co_return sum;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
    {
        std::cerr << "usage: parallel_group DIRECTORY\n";
        return 2;
    }
    asio::io_context ctx;
    int status = 0;
    asio::co_spawn(ctx, add_up(argv[1]), [&](std::exception_ptr failure, total sum) {
        try
        {
            if (failure)
                std::rethrow_exception(failure);
            std::cout << sum.files << " files, " << sum.bytes << " bytes\n";
            status = sum.failures == 0 ? 0 : 1;
        }
        catch (const std::exception& e)
        {
            std::cerr << argv[1] << ": " << e.what() << '\n';
            status = 1;
        }
    });
    ctx.run();
    return status;
}
