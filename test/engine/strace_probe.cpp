// SPDX-License-Identifier: BSL-1.0

// strace_probe ring|workers DIRECTORY
//
// Runs one operation of each kind that has an opcode, between two accesses that strace.sh looks for. Prints the names
// of the operations that this kernel's io_uring can do, one to a line.

#include <asio_fs/capabilities.hpp>
#include <asio_fs/configure_engine.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <array>
#include <exception>
#include <iostream>
#include <string_view>

using namespace asio_fs;

namespace {

struct context : asio::io_context
{
    explicit context(bool use_io_uring)
    {
        engine_options options;
        options.use_io_uring = use_io_uring;
        options.attempt_inline = inline_policy::never;
        configure_engine(*this, options);
    }
};

class probe
{
public:
    probe(const char* directory, bool use_io_uring) : ctx_(use_io_uring), dir_(ctx_, directory), file_(ctx_) {}

    void print_ring_operations()
    {
        for (const capability& c : capabilities(ctx_))
            if (c.engine == engine_kind::ring)
                std::cout << c.info.name << '\n';
    }

    // Threads and the ring start here, so that the marked part holds operations only.
    void warm_up() { run([&](auto done) { dir_.async_statx(done); }); }

    void run_all()
    {
        using flags = file_base;
        run([&](auto done) {
            dir_.async_openat("file", flags::read_write | flags::create, 0600, [&, done](error_code ec, extended_file f) {
                file_ = std::move(f);
                done(ec);
            });
        });
        run([&](auto done) {
            dir_.async_openat("file", flags::read_only, 0, resolve_flags::beneath, done);
        });
        run([&](auto done) { file_.async_write_some_at(0, asio::buffer(content_), done); });
        run([&](auto done) { file_.async_read_some_at(0, asio::buffer(content_), done); });
        run([&](auto done) { file_.async_statx(done); });
        run([&](auto done) { file_.async_fallocate(fallocate_mode::allocate, 0, 8192, done); });
        run([&](auto done) { file_.async_ftruncate(4096, done); });
        run([&](auto done) { file_.async_fadvise(0, 0, advice::will_need, done); });
        run([&](auto done) { file_.async_fsync(done); });
        run([&](auto done) { file_.async_fdatasync(done); });
        run([&](auto done) { file_.async_sync_file_range(0, 0, sync_range_flags::write, done); });
        run([&](auto done) { file_.async_setxattr("user.name", asio::buffer(content_, 4), done); });
        run([&](auto done) { file_.async_getxattr("user.name", asio::buffer(content_), done); });
        run([&](auto done) { dir_.async_mkdirat("directory", 0700, done); });
        run([&](auto done) { dir_.async_linkat("file", dir_, "link", done); });
        run([&](auto done) { dir_.async_symlinkat("file", "symlink", done); });
        run([&](auto done) { dir_.async_renameat("link", dir_, "renamed", done); });
        run([&](auto done) { dir_.async_unlinkat("renamed", done); });
    }

private:
    // Errors do not matter: a file system without extended attributes has been asked for them all the same.
    template <class Start>
    void run(Start start)
    {
        start([](error_code, const auto&...) {});
        ctx_.restart();
        ctx_.run();
    }

    context ctx_;
    extended_dir dir_;
    extended_file file_;
    std::array<char, 4096> content_{};
};

} // namespace

int main(int argc, char** argv)
try
{
    if (argc != 3)
    {
        std::cerr << "usage: strace_probe ring|workers DIRECTORY\n";
        return 2;
    }
    probe p(argv[2], std::string_view(argv[1]) == "ring");
    p.print_ring_operations();
    p.warm_up();
    ::access("/asio_fs_probe/begin", F_OK);
    p.run_all();
    ::access("/asio_fs_probe/end", F_OK);
    return 0;
}
catch (const std::exception& e)
{
    std::cerr << "strace_probe: " << e.what() << '\n';
    return 1;
}
