// SPDX-License-Identifier: BSL-1.0

// A few operations in a program built with BOOST_ASIO_ENABLE_HANDLER_TRACKING, which writes to stderr what Asio sees;
// tracking.py reads it.

#include <asio_fs.hpp>

#include <boost/asio/io_context.hpp>

#include <array>
#include <string>

int main(int, char** argv)
{
    boost::asio::io_context ctx;
    asio_fs::extended_file file(ctx, argv[0], asio_fs::file_base::read_only);
    asio_fs::extended_file closed(ctx);
    std::array<char, 4> bytes;
    // On the ring, on a worker thread, at once, and never: by the time the context is destroyed.
    file.async_statx([&](asio_fs::error_code, const asio_fs::file_status&) {
        file.async_statfs([&](asio_fs::error_code, const struct ::statfs&) {
            file.async_read_some_at(0, boost::asio::buffer(bytes), [](asio_fs::error_code, std::size_t) {});
        });
    });
    closed.async_fsync([](asio_fs::error_code) {});

    // What is no operation on an open file: an open, an acquisition that must wait, a job.
    asio_fs::extended_file opened(ctx);
    asio_fs::async_semaphore permits(ctx, 0);
    permits.async_acquire([&](asio_fs::error_code) {
        asio_fs::async_remove_tree(ctx, std::string(argv[0]) + ".none", asio_fs::remove_options(),
            [](asio_fs::error_code, const asio_fs::remove_report&) {});
    });
    opened.async_open(argv[0], asio_fs::file_base::read_only, [&](asio_fs::error_code) { permits.release(); });
    ctx.run();
    file.async_fdatasync([](asio_fs::error_code) {});
}
