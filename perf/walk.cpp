// SPDX-License-Identifier: BSL-1.0

// perf_walk DIRECTORY [-size]: what `find DIRECTORY` and `find DIRECTORY -size +1M` do, with a tree_walker. Prints
// the paths, or those of the entries that hold more than a MiB.

#include <asio_fs/tree_walker.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

namespace asio = boost::asio;

namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;

asio::awaitable<void> walk(std::string root, bool large_only)
{
    asio_fs::walk_options options;
    if (large_only)
        options.fields = asio_fs::statx_mask::size;
    asio_fs::tree_walker walker(co_await asio::this_coro::executor, root, options);

    std::vector<asio_fs::walk_entry> batch;
    std::string text;
    while (co_await walker.async_next(batch, asio::use_awaitable) != 0)
    {
        text.clear();
        for (const asio_fs::walk_entry& entry : batch)
        {
            if (entry.error)
                throw boost::system::system_error(entry.error, entry.path);
            if (large_only && !(entry.status && entry.status->size() > mebibyte))
                continue;
            text += root;
            text += '/';
            text += entry.path;
            text += '\n';
        }
        std::fwrite(text.data(), 1, text.size(), stdout);
    }
}

} // namespace

int main(int argc, char** argv)
{
    const bool large_only = argc == 3 && std::strcmp(argv[2], "-size") == 0;
    if (argc != 2 && !large_only)
    {
        std::fputs("usage: perf_walk DIRECTORY [-size]\n", stderr);
        return 2;
    }
    try
    {
        asio::io_context ctx(1);
        std::exception_ptr failure;
        asio::co_spawn(ctx, walk(argv[1], large_only), [&](std::exception_ptr e) { failure = e; });
        ctx.run();
        if (failure)
            std::rethrow_exception(failure);
    }
    catch (const std::exception& e)
    {
        std::fprintf(stderr, "perf_walk: %s\n", e.what());
        return 1;
    }
    return 0;
}
