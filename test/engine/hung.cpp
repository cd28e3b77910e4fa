// SPDX-License-Identifier: BSL-1.0

// Operations that a file system does not answer: every way to get rid of them, and what they leave behind.

#include "support/descriptors.hpp"
#include "support/engines.hpp"
#include "support/fuse_server.hpp"
#include "support/loop.hpp"
#include "support/needs_fuse.hpp"
#include "support/watched_pages.hpp"

#include <asio_fs/detail/mount_table.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;
using request = fuse_server::request;

namespace {

enum class way
{
    slot,
    cancel,
    close,
    async_close,
    destroy
};

std::ostream& operator<<(std::ostream& out, way w)
{
    constexpr const char* names[] = {"slot", "cancel", "close", "async_close", "destroy"};
    return out << names[static_cast<int>(w)];
}

const auto ways = boost::unit_test::data::make({way::slot, way::cancel, way::close, way::async_close, way::destroy});

constexpr auto pending = boost::asio::error::would_block;
constexpr auto aborted = boost::asio::error::operation_aborted;

// A file and the signal for the operation started on it.
struct patient
{
    std::optional<extended_file> file;
    asio::cancellation_signal signal;
    error_code closed;   // what async_close() said

    explicit patient(asio::io_context& ctx) : file(ctx) {}

    void give_up(way w)
    {
        switch (w)
        {
        case way::slot:
            return signal.emit(asio::cancellation_type::terminal);
        case way::cancel:
            return file->cancel();
        case way::close:
            return file->close();
        case way::async_close:
            closed = pending;
            return file->async_close([this](error_code ec) { closed = ec; });
        case way::destroy:
            return file.reset();
        }
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_hung, *boost::unit_test::precondition(needs_fuse()))

BOOST_DATA_TEST_CASE(a_read_that_hangs_is_given_up, engines* ways, engine, how)
{
    const std::size_t before = open_descriptors();
    {
        fuse_server server;
        context ctx(engine);
        patient p(ctx);
        p.file->open(server.path("data"), file_base::read_only);
        server.hold(request::read);
        std::array<unsigned char, 4096> buffer{};
        error_code result = pending;
        p.file->async_read_some_at(0, asio::buffer(buffer),
            asio::bind_cancellation_slot(p.signal.slot(), [&](error_code ec, std::size_t) { result = ec; }));
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == 1; }));
        BOOST_TEST(result == pending);

        p.give_up(how);
        BOOST_TEST(run_until(ctx, [&] { return result != pending && p.closed != pending; }));
        BOOST_TEST(result == aborted);
        BOOST_TEST(!p.closed, p.closed.message());
        BOOST_TEST(server.held(request::read) == 0u);
        const bool still_open = how == way::slot || how == way::cancel;
        BOOST_TEST(server.wait_open_files(still_open ? 1 : 0));
        if (still_open)
            BOOST_TEST(p.file->is_open());
    }
    BOOST_TEST(open_descriptors() == before);
}

// On kernels that tell nothing of a single mount. The kernel gives a mount the lowest number that is free: the
// mounts of this test, one after the other, all get the same.
BOOST_AUTO_TEST_CASE(what_is_known_of_a_mount_ends_with_it)
{
    const auto number = [](const std::string& path) {
        struct ::statx status = {};
        BOOST_TEST_REQUIRE(::statx(AT_FDCWD, path.c_str(), AT_STATX_DONT_SYNC, STATX_MNT_ID, &status) == 0);
        return std::uint64_t(status.stx_mnt_id);
    };
    detail::mount_table mounts;
    const temp_dir place;
    for (int round = 0; round != 3; ++round)
    {
        BOOST_TEST_REQUIRE(::mount("asio_fs", place.path().c_str(), "tmpfs", 0, "size=4k") == 0);
        const std::uint64_t memory = number(place.path());
        for (int again = 0; again != 2; ++again)
            BOOST_TEST(!mounts.is_fuse(memory));
        BOOST_TEST(::umount(place.path().c_str()) == 0);
        BOOST_TEST(mounts.is_fuse(memory));   // there is none of that number: in doubt, yes

        const fuse_server server;
        for (int again = 0; again != 2; ++again)
            BOOST_TEST(mounts.is_fuse(number(server.path("."))));
    }
    // More of them than it remembers.
    for (std::uint64_t unknown = 1000000; unknown != 1000050; ++unknown)
        BOOST_TEST(mounts.is_fuse(unknown));
    BOOST_TEST(!mounts.is_fuse(number("/proc")));
    BOOST_TEST(!mounts.is_fuse(number("/proc")));
}

// Only the one that was meant.
BOOST_DATA_TEST_CASE(other_reads_go_on, engines, engine)
{
    fuse_server server;
    context ctx(engine);
    patient p(ctx);
    p.file->open(server.path("data"), file_base::read_only);
    server.hold(request::read);
    std::array<std::array<unsigned char, 4096>, 3> buffers{};
    std::array<error_code, 3> results;
    results.fill(pending);
    for (std::size_t i = 0; i != 3; ++i)
    {
        const auto store = [&results, i](error_code ec, std::size_t) { results[i] = ec; };
        if (i == 1)
            p.file->async_read_some_at(0, asio::buffer(buffers[i]), asio::bind_cancellation_slot(p.signal.slot(), store));
        else
            p.file->async_read_some_at(0, asio::buffer(buffers[i]), store);
    }
    BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == 3; }));
    p.give_up(way::slot);
    BOOST_TEST(run_until(ctx, [&] { return results[1] != pending; }));
    BOOST_TEST(results[1] == aborted);
    BOOST_TEST(server.held(request::read) == 2u);
    server.release();
    BOOST_TEST(run_until(ctx, [&] { return results[0] != pending && results[2] != pending; }));
    BOOST_TEST(!results[0]);
    BOOST_TEST(!results[2]);
    BOOST_TEST(buffers[2][4095] == fuse_server::content(4095));
}

BOOST_DATA_TEST_CASE(an_open_that_hangs_is_given_up, engines* ways, engine, how)
{
    const std::size_t before = open_descriptors();
    {
        fuse_server server;
        context ctx(engine);
        patient p(ctx);
        server.hold(request::open);
        error_code result = pending;
        p.file->async_open(server.path("data"), file_base::read_only,
            asio::bind_cancellation_slot(p.signal.slot(), [&](error_code ec) { result = ec; }));
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::open) == 1; }));

        p.give_up(how);
        BOOST_TEST(run_until(ctx, [&] { return result != pending && p.closed != pending; }));
        BOOST_TEST(result == aborted);
        if (how == way::async_close)
            BOOST_TEST(p.closed == asio::error::bad_descriptor);   // nothing was open yet
        BOOST_TEST(server.wait_open_files(0));
    }
    BOOST_TEST(open_descriptors() == before);
}

// A file system that answers no interrupt opens the file after all, when it has long been given up.
BOOST_DATA_TEST_CASE(an_open_that_succeeds_although_given_up_leaks_nothing, engines* ways, engine, how)
{
    const std::size_t before = open_descriptors();
    {
        fuse_server server;
        context ctx(engine);
        patient p(ctx);
        server.hold(request::open);
        server.answer_interrupts(false);
        error_code result = pending;
        p.file->async_open(server.path("data"), file_base::read_only,
            asio::bind_cancellation_slot(p.signal.slot(), [&](error_code ec) { result = ec; }));
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::open) == 1; }));
        p.give_up(how);
        BOOST_TEST(run_until(ctx, [&] { return server.interrupted() == 1; }));
        BOOST_TEST(result == pending);

        server.release();
        BOOST_TEST(run_until(ctx, [&] { return result != pending; }));
        if (how == way::slot || how == way::cancel)
        {
            // Cancelled too late: it has happened, and the object is there to take it.
            BOOST_TEST(!result, result.message());
            BOOST_TEST(p.file->is_open());
            BOOST_TEST(server.wait_open_files(1));
        }
        else
        {
            BOOST_TEST(result == aborted);
            BOOST_TEST(server.wait_open_files(0));
        }
    }
    BOOST_TEST(open_descriptors() == before);
}

// The same when it is the io_context that nobody waits for any more.
BOOST_DATA_TEST_CASE(an_open_that_succeeds_during_shutdown_leaks_nothing, engines, engine)
{
    const std::size_t before = open_descriptors();
    fuse_server server;
    const std::size_t with_server = open_descriptors();
    const auto handler_alive = std::make_shared<int>();
    bool called = false;
    std::thread late;
    {
        context ctx(engine);
        extended_dir dir(ctx, server.path(""));
        server.hold(request::open);
        server.answer_interrupts(false);
        dir.async_openat("data", file_base::read_only,
            [&called, handler_alive](error_code, const extended_file&) { called = true; });
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::open) == 1; }));
        late = std::thread([&] {
            server.wait_interrupted(1);
            std::this_thread::sleep_for(50ms);
            server.release();
        });
    }
    late.join();
    BOOST_TEST(!called);
    BOOST_TEST(handler_alive.use_count() == 1);
    BOOST_TEST(open_descriptors() == with_server);
    BOOST_TEST(server.wait_open_files(0));
    BOOST_TEST(before < with_server);
}

BOOST_DATA_TEST_CASE(the_context_goes_while_reads_hang, engines, engine)
{
    constexpr std::size_t count = 16;
    fuse_server server;
    const std::size_t before = open_descriptors();
    std::vector<watched_pages> pages(count);
    std::size_t calls = 0;
    {
        context ctx(engine);
        // The handlers own the file, as those of a session do.
        const auto file = std::make_shared<extended_file>(ctx);
        file->open(server.path("data"), file_base::read_only);
        server.hold(request::read);
        for (watched_pages& p : pages)
            file->async_read_some_at(0, asio::buffer(p.buffer(), watched_pages::size),
                [&calls, file, owner = p.make_owner()](error_code, std::size_t) { ++calls; });
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == count; }));
    }
    BOOST_TEST(calls == 0u);
    BOOST_TEST(open_descriptors() == before);
    BOOST_TEST(server.held(request::read) == 0u);
    server.release();
    BOOST_TEST(server.wait_open_files(0));
    for (const watched_pages& p : pages)
    {
        BOOST_TEST(p.gone());
        BOOST_TEST(p.is_untouched());
    }
}

// The server answers instead of giving up: the data arrives while the io_context goes, in memory that is still there.
BOOST_DATA_TEST_CASE(the_context_goes_while_data_arrives, engines, engine)
{
    constexpr std::size_t count = 16;
    fuse_server server;
    const std::size_t before = open_descriptors();
    std::vector<watched_pages> pages(count);
    std::size_t calls = 0;
    std::thread late;
    {
        context ctx(engine);
        const auto file = std::make_shared<extended_file>(ctx);
        file->open(server.path("data"), file_base::read_only);
        server.hold(request::read);
        server.answer_interrupts(false);
        for (watched_pages& p : pages)
            file->async_read_some_at(0, asio::buffer(p.buffer(), watched_pages::size),
                [&calls, file, owner = p.make_owner()](error_code, std::size_t) { ++calls; });
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == count; }));
        late = std::thread([&] {
            server.wait_interrupted(count);
            server.release();
        });
    }
    late.join();
    BOOST_TEST(calls == 0u);
    BOOST_TEST(open_descriptors() == before);
    BOOST_TEST(server.wait_open_files(0));
    for (const watched_pages& p : pages)
    {
        BOOST_TEST(p.gone());
        BOOST_TEST(p.is_untouched());
    }
}

// The kernel cancels what a thread has submitted when that thread ends. Nobody asked for that: the operation goes on.
BOOST_DATA_TEST_CASE(the_thread_that_submitted_leaves, engines, engine)
{
    constexpr std::size_t count = 8;
    fuse_server server;
    context ctx(engine);
    extended_file file(ctx, server.path("data"), file_base::read_only);
    server.hold(request::read);
    std::array<std::array<unsigned char, 4096>, count> buffers{};
    std::array<error_code, count> results;
    results.fill(pending);
    std::size_t done = 0;
    for (std::size_t i = 0; i != count; ++i)
        file.async_read_some_at(0, asio::buffer(buffers[i]), [&, i](error_code ec, std::size_t) {
            results[i] = ec;
            ++done;
        });
    bool in_flight = false;
    std::thread([&] { in_flight = run_until(ctx, [&] { return server.held(request::read) == count; }); }).join();
    BOOST_TEST(in_flight);
    BOOST_TEST(done == 0u);
    BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == count; }));
    server.release();
    BOOST_TEST(run_until(ctx, [&] { return done == count; }));
    for (std::size_t i = 0; i != count; ++i)
    {
        BOOST_TEST(!results[i], results[i].message());
        BOOST_TEST(buffers[i][100] == fuse_server::content(100));
    }
}

BOOST_AUTO_TEST_SUITE_END()
