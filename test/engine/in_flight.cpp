// SPDX-License-Identifier: BSL-1.0

// How many operations are really in flight together, seen from the file system's side, and what operations that hang
// do to others.

#include "support/engines.hpp"
#include "support/fuse_server.hpp"
#include "support/loop.hpp"
#include "support/needs_fuse.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using request = fuse_server::request;

namespace {

constexpr std::size_t block = 4096;

// Operations on another file system: by a path, by a descriptor, and without an opcode. All must come back while
// others hang.
class bystanders
{
public:
    explicit bystanders(asio::io_context& ctx) : file_(ctx), dir_(ctx, place_.path())
    {
        file_.open(place_.file("file", "content"), file_base::read_only);
    }

    bool all_complete(asio::io_context& ctx)
    {
        int done = 0;
        const auto count = [&](error_code ec, auto&&...) {
            BOOST_TEST(!ec, ec.message());
            ++done;
        };
        std::array<char, 7> content{};
        file_.async_statx(count);
        file_.async_read_some_at(0, asio::buffer(content), count);
        file_.async_fchmod(0600, count);
        dir_.async_statx("file", count);
        dir_.async_openat("file", file_base::read_only, count);
        dir_.async_mkdirat("new", 0700, count);
        const bool in_time = run_until(ctx, [&] { return done == 6; });
        dir_.unlinkat("new", at_flags::remove_dir);
        return in_time;
    }

private:
    temp_dir place_;
    extended_file file_;
    extended_dir dir_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_in_flight, *boost::unit_test::precondition(needs_fuse()))

BOOST_DATA_TEST_CASE(reads_of_one_file_are_in_flight_together, engines, engine)
{
    constexpr std::size_t count = 64;
    fuse_server server;
    context ctx(engine);
    extended_file file(ctx, server.path("data"), file_base::read_only);
    server.hold(request::read);
    std::vector<std::array<unsigned char, block>> buffers(count);
    std::size_t done = 0;
    for (std::size_t i = 0; i != count; ++i)
        file.async_read_some_at(i * block, asio::buffer(buffers[i]), [&](error_code ec, std::size_t n) {
            BOOST_TEST(!ec, ec.message());
            BOOST_TEST(n == block);
            ++done;
        });
    BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == count; }));
    BOOST_TEST(server.held(request::read) == count);
    BOOST_TEST(done == 0u);

    server.release();
    BOOST_TEST(run_until(ctx, [&] { return done == count; }));
    std::size_t wrong = 0;
    for (std::size_t i = 0; i != count * block; ++i)
        wrong += buffers[i / block][i % block] != fuse_server::content(i);
    BOOST_TEST(wrong == 0u);
}

BOOST_DATA_TEST_CASE(reads_that_hang_delay_nobody, engines, engine)
{
    constexpr std::size_t count = 40;
    fuse_server server;
    context ctx(engine);
    bystanders others(ctx);
    extended_file file(ctx, server.path("data"), file_base::read_only);
    server.hold(request::read);
    std::vector<std::array<unsigned char, block>> buffers(count);
    std::size_t done = 0;
    for (std::size_t i = 0; i != count; ++i)
        file.async_read_some_at(i * block, asio::buffer(buffers[i]), [&](error_code, std::size_t) { ++done; });
    BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == count; }));
    BOOST_TEST(others.all_complete(ctx));
    BOOST_TEST(done == 0u);
    server.release();
    BOOST_TEST(run_until(ctx, [&] { return done == count; }));
}

BOOST_DATA_TEST_CASE(a_write_that_hangs_delays_nobody, engines, engine)
{
    fuse_server server;
    context ctx(engine);
    bystanders others(ctx);
    extended_file file(ctx, server.path("data"), file_base::read_write);
    server.hold(request::write);
    const std::array<unsigned char, block> content{};
    error_code result = asio::error::would_block;
    file.async_write_some_at(0, asio::buffer(content), [&](error_code ec, std::size_t) { result = ec; });
    BOOST_TEST(run_until(ctx, [&] { return server.held(request::write) == 1; }));
    BOOST_TEST(others.all_complete(ctx));
    BOOST_TEST(result == asio::error::would_block);
    server.release();
    BOOST_TEST(run_until(ctx, [&] { return result != asio::error::would_block; }));
    BOOST_TEST(!result, result.message());
}

// A mount that answers nothing any more, met by a path.
BOOST_DATA_TEST_CASE(a_hung_mount_delays_nobody, engines, engine)
{
    constexpr std::size_t count = 40;
    fuse_server server;
    context ctx(engine);
    bystanders others(ctx);
    extended_dir dir(ctx, server.path(""));
    server.hold(request::lookup);
    server.hold(request::getattr);
    std::size_t done = 0;
    for (std::size_t i = 0; i != count / 2; ++i)
    {
        dir.async_statx("name" + std::to_string(i), [&](error_code ec, file_status) {
            BOOST_TEST(ec == boost::system::errc::no_such_file_or_directory);
            ++done;
        });
        dir.async_statx([&](error_code ec, file_status) {
            BOOST_TEST(!ec, ec.message());
            ++done;
        });
    }
    BOOST_TEST(run_until(ctx, [&] {
        return server.held(request::lookup) != 0 && server.held(request::getattr) == count / 2;
    }));
    BOOST_TEST(others.all_complete(ctx));
    BOOST_TEST(done == 0u);
    server.release();
    BOOST_TEST(run_until(ctx, [&] { return done == count; }));
}

// The kernel knows the name already, so that it reaches the file system's open itself without having to wait before.
BOOST_DATA_TEST_CASE(an_open_of_a_cached_name_that_hangs_delays_nobody, engines, engine)
{
    fuse_server server(std::chrono::seconds(1000));
    context ctx(engine);
    bystanders others(ctx);
    extended_file file(ctx, server.path("data"), file_base::read_only);
    file.close();
    server.hold(request::open);
    error_code result = asio::error::would_block;
    file.async_open(server.path("data"), file_base::read_only, [&](error_code ec) { result = ec; });
    BOOST_TEST(run_until(ctx, [&] { return server.held(request::open) == 1; }));
    BOOST_TEST(others.all_complete(ctx));
    BOOST_TEST(result == asio::error::would_block);
    BOOST_TEST(server.held(request::open) == 1u);
    server.release();
    BOOST_TEST(run_until(ctx, [&] { return result != asio::error::would_block; }));
    BOOST_TEST(!result, result.message());
}

BOOST_AUTO_TEST_SUITE_END()
