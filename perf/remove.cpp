// SPDX-License-Identifier: BSL-1.0

// perf_remove PATH: what `rm -rf PATH` does, with async_remove_tree.

#include <asio_fs/remove_tree.hpp>

#include <boost/asio/io_context.hpp>

#include <cstdio>

int main(int argc, char** argv)
{
    if (argc != 2)
    {
        std::fputs("usage: perf_remove PATH\n", stderr);
        return 2;
    }
    boost::asio::io_context ctx(1);
    asio_fs::error_code failure;
    asio_fs::async_remove_tree(ctx, argv[1], {},
        [&](asio_fs::error_code ec, const asio_fs::remove_report&) { failure = ec; });
    ctx.run();
    if (failure)
        std::fprintf(stderr, "perf_remove: %s\n", failure.message().c_str());
    return failure ? 1 : 0;
}
