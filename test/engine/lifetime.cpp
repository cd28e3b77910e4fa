// SPDX-License-Identifier: BSL-1.0

// Cancelling, closing and destroying with operations in flight: nothing leaks, nothing hangs, no operation reaches a
// descriptor that was used again.

#include "support/descriptors.hpp"
#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;

namespace {

// Opening a fifo to write to it blocks until somebody reads. O_CREAT keeps the ring from trying without blocking.
constexpr int blocking_open = O_WRONLY | O_CREAT;

// A blocked open makes the thing to cancel; `fifo` in a directory of its own.
struct blocked
{
    temp_dir place;
    std::string path = place / "fifo";

    blocked() { BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_lifetime)

BOOST_DATA_TEST_CASE(cancel_one_operation, engines, engine)
{
    const blocked b;
    const std::size_t before = open_descriptors();
    std::optional<context> ctx(std::in_place, engine);
    std::optional<extended_dir> dir(std::in_place, ctx->get_executor(), b.place.path());
    // How long after its start the operation is cancelled: before it is submitted, after, while it blocks.
    for (const auto delay : {0ms, 1ms, 30ms})
    {
        asio::cancellation_signal signal;
        error_code result;
        int calls = 0;
        dir->async_openat("fifo", open_flags(blocking_open), 0600,
            asio::bind_cancellation_slot(signal.slot(), [&](error_code ec, extended_file f) {
                ++calls;
                result = ec;
                BOOST_TEST(!f.is_open());
            }));
        // Another operation on the same object is not touched.
        error_code other = asio::error::would_block;
        dir->async_statx("fifo", [&](error_code ec, file_status) { other = ec; });
        asio::steady_timer timer(*ctx, delay);
        if (delay == 0ms)
            signal.emit(asio::cancellation_type::total);
        else
            timer.async_wait([&](error_code) { signal.emit(asio::cancellation_type::terminal); });
        ctx->restart();
        ctx->run();
        BOOST_TEST(calls == 1);
        BOOST_TEST(result == asio::error::operation_aborted);
        BOOST_TEST(!other);
        signal.emit(asio::cancellation_type::terminal);   // too late: reaches nothing
    }
    dir.reset();
    ctx.reset();
    BOOST_TEST(open_descriptors() == before);
}

BOOST_DATA_TEST_CASE(cancel_and_close_an_object, engines, engine)
{
    const blocked b;
    for (int how = 0; how != 4; ++how)
    {
        context ctx(engine);
        std::optional<extended_dir> dir(std::in_place, ctx.get_executor(), b.place.path());
        int aborted = 0, closed = 0;
        for (int i = 0; i != 20; ++i)
            dir->async_openat("fifo", open_flags(blocking_open), 0600,
                [&](error_code ec, extended_file) { aborted += ec == asio::error::operation_aborted; });
        asio::steady_timer timer(ctx, 20ms);
        timer.async_wait([&](error_code) {
            if (how == 0)
                dir->cancel();
            else if (how == 1)
                dir->close();
            else if (how == 2)
                dir.reset();
            else
                dir->async_close([&](error_code ec) {
                    BOOST_TEST(!ec);
                    BOOST_TEST(aborted == 20);   // the descriptor goes when nothing names it any more
                    ++closed;
                });
        });
        ctx.run();
        BOOST_TEST(aborted == 20);
        BOOST_TEST(closed == (how == 3 ? 1 : 0));
    }
}

BOOST_DATA_TEST_CASE(destroy_the_context_with_operations_in_flight, engines, engine)
{
    const blocked b;
    const std::size_t before = open_descriptors();
    const auto alive = std::make_shared<int>(0);
    int called = 0;
    {
        context ctx(engine);
        extended_dir dir(ctx.get_executor(), b.place.path());
        for (int i = 0; i != 30; ++i)
            dir.async_openat("fifo", open_flags(blocking_open), 0600, [&, alive](error_code, extended_file) { ++called; });
        // Some that are over, but not delivered.
        for (int i = 0; i != 30; ++i)
            dir.async_openat("other", open_flags(O_RDWR | O_CREAT), 0600, [&, alive](error_code, extended_file) { ++called; });
        ctx.run_for(20ms);
        for (int i = 0; i != 30; ++i)
            dir.async_openat("other", open_flags(O_RDWR), 0600, [&, alive](error_code, extended_file) { ++called; });
        called = 0;
    }
    BOOST_TEST(called == 0);
    BOOST_TEST(alive.use_count() == 1);   // handlers are destroyed, not called
    BOOST_TEST(open_descriptors() == before);
}

// An open that succeeds although it was cancelled, or that nobody waits for any more, leaves no descriptor behind.
BOOST_DATA_TEST_CASE(no_descriptor_leaks_from_races_with_cancellation, engines, engine)
{
    const temp_dir place;
    place.file("f", "content");
    const std::size_t before = open_descriptors();
    {
        context ctx(engine);
        extended_dir dir(ctx.get_executor(), place.path());
        for (int round = 0; round != 200; ++round)
        {
            std::array<asio::cancellation_signal, 8> signals;
            for (auto& s : signals)
                dir.async_openat("f", open_flags(O_RDONLY), 0,
                    asio::bind_cancellation_slot(s.slot(), [](error_code ec, extended_file f) {
                        BOOST_TEST(f.is_open() == !ec);
                        BOOST_TEST((!ec || ec == asio::error::operation_aborted));
                    }));
            ctx.restart();
            ctx.poll_one();
            for (auto& s : signals)
                s.emit(asio::cancellation_type::terminal);
            ctx.run();
        }
    }
    BOOST_TEST(open_descriptors() == before);
}

// After close() the number may belong to another file at once. No operation started before may reach it.
BOOST_DATA_TEST_CASE(a_reused_descriptor_number_is_never_touched, engines, engine)
{
    const temp_dir place;
    const std::string right = place.file("right", std::string(64, 'r'));
    const std::string wrong = place.file("wrong", std::string(64, 'w'));
    context ctx(engine);
    for (int round = 0; round != 200; ++round)
    {
        extended_file file(ctx.get_executor(), right, open_flags(O_RDONLY));
        std::array<std::array<char, 64>, 16> buffers{};
        for (auto& buffer : buffers)
            file.async_read_some_at(0, asio::buffer(buffer), [&buffer](error_code ec, std::size_t) {
                BOOST_TEST((ec ? buffer[0] == 0 || buffer[0] == 'r' : buffer[0] == 'r'));
            });
        if (round % 2)
        {
            ctx.restart();
            ctx.poll_one();
        }
        file.close();
        extended_file other(ctx.get_executor(), wrong, open_flags(O_RDONLY));
        ctx.restart();
        ctx.run();
    }
}

// Memory that the kernel writes is the handler's to free: once the io_context is gone, no write may come. The buffers
// are unmapped when their handler is destroyed, so that a late write fails or hits the mapping that follows.
BOOST_DATA_TEST_CASE(no_write_into_freed_memory, engines, engine)
{
    constexpr std::size_t size = 1 << 20;
    const temp_dir place;
    const std::string name = place.file("f", std::string(size, 'x'));
    std::vector<void*> unmapped;
    {
        context ctx(engine);
        extended_file file(ctx.get_executor(), name, open_flags(O_RDONLY | O_DIRECT));
        for (int i = 0; i != 64; ++i)
        {
            void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            BOOST_REQUIRE(memory != MAP_FAILED);
            const auto unmap = [&unmapped](void* p) {
                ::munmap(p, size);
                unmapped.push_back(p);
            };
            file.async_read_some_at(0, asio::buffer(memory, size),
                [owner = std::unique_ptr<void, decltype(unmap)>(memory, unmap)](error_code, std::size_t) {});
        }
        ctx.poll_one();
    }
    BOOST_TEST(unmapped.size() == 64u);
    std::vector<unsigned char*> again;
    for (void* p : unmapped)
        again.push_back(static_cast<unsigned char*>(::mmap(
            p, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0)));
    ::usleep(50000);
    std::size_t touched = 0;
    for (unsigned char* p : again)
    {
        if (p == MAP_FAILED)
            continue;
        touched += std::any_of(p, p + size, [](unsigned char c) { return c != 0; });
        ::munmap(p, size);
    }
    BOOST_TEST(touched == 0u);
}

BOOST_DATA_TEST_CASE(release_gives_a_descriptor_that_is_safe_to_use, engines, engine)
{
    const blocked b;
    context ctx(engine);
    extended_dir dir(ctx.get_executor(), b.place.path());
    bool aborted = false;
    dir.async_openat("fifo", open_flags(blocking_open), 0600,
        [&](error_code ec, extended_file) { aborted = ec == asio::error::operation_aborted; });
    ctx.run_for(20ms);
    const int fd = dir.release();
    BOOST_TEST(!dir.is_open());
    BOOST_TEST(::fcntl(fd, F_GETFD) >= 0);
    ::close(fd);
    ctx.restart();
    ctx.run();
    BOOST_TEST(aborted);
}

// A deferred operation that outlives its object finds it closed; one that is never started costs nothing.
BOOST_DATA_TEST_CASE(deferred_operations_outlive_their_object, engines, engine)
{
    const temp_dir place;
    const std::string name = place.file("f", "content");
    const std::size_t before = open_descriptors();
    context ctx(engine);
    auto start = [&] {
        extended_file file(ctx.get_executor(), name, open_flags(O_RDONLY));
        return file.async_statx(asio::deferred);
    }();
    BOOST_TEST(open_descriptors() == before);
    error_code result;
    std::move(start)([&](error_code ec, file_status) { result = ec; });
    ctx.run();
    BOOST_TEST(result == asio::error::bad_descriptor);
}

// An open is the object's, wherever that is when the operation starts.
BOOST_DATA_TEST_CASE(a_deferred_open_follows_its_object, engines, engine)
{
    const temp_dir place;
    const std::string name = place.file("f", "content");
    const std::size_t before = open_descriptors();
    {
        context ctx(engine);
        error_code opened = asio::error::would_block;
        auto first = std::make_unique<extended_file>(ctx);
        auto start = first->async_open(name, open_flags(O_RDONLY), asio::deferred);
        extended_file second(std::move(*first));
        first.reset();
        std::move(start)([&](error_code ec) { opened = ec; });
        ctx.run();
        BOOST_TEST(!opened);
        BOOST_TEST(second.is_open());

        // In a vector that grows, each ends up with its own file.
        using operation = decltype(second.async_open(name, open_flags(O_RDONLY), asio::deferred));
        std::vector<extended_file> files;
        std::vector<operation> starts;
        for (int i = 0; i != 9; ++i)
        {
            files.emplace_back(ctx);
            starts.push_back(files.back().async_open(
                place.file(std::to_string(i), std::string(static_cast<std::size_t>(i), 'x')),
                open_flags(O_RDONLY), asio::deferred));
        }
        int succeeded = 0;
        for (auto& s : starts)
            std::move(s)([&](error_code ec) { succeeded += !ec; });
        ctx.restart();
        ctx.run();
        BOOST_TEST(succeeded == 9);
        for (std::size_t i = 0; i != files.size(); ++i)
            BOOST_TEST((files[i].is_open() && files[i].statx().size() == i));
    }
    BOOST_TEST(open_descriptors() == before);
}

// What it was for is gone: nothing is opened, so nothing is created.
BOOST_DATA_TEST_CASE(a_deferred_open_of_an_object_that_is_gone, engines, engine)
{
    const temp_dir place;
    const open_flags create(O_WRONLY | O_CREAT);
    context ctx(engine);
    error_code destroyed = asio::error::would_block, replaced = destroyed, closed = destroyed;
    auto file = std::make_unique<extended_file>(ctx);
    auto start = file->async_open(place / "new", create, asio::deferred);
    file.reset();
    std::move(start)([&](error_code ec) { destroyed = ec; });

    extended_file other(ctx);
    auto start_other = other.async_open(place / "new", create, asio::deferred);
    other = extended_file(ctx);
    std::move(start_other)([&](error_code ec) { replaced = ec; });
    ctx.run();
    BOOST_TEST(destroyed == asio::error::operation_aborted);
    BOOST_TEST(replaced == asio::error::operation_aborted);
    BOOST_TEST(::access((place / "new").c_str(), F_OK) != 0);

    // Closed is not gone: it can be opened.
    other.open(place.file("f", "content"), open_flags(O_RDONLY));
    auto again = other.async_open(place / "new", create, asio::deferred);
    other.close();
    std::move(again)([&](error_code ec) { closed = ec; });
    ctx.restart();
    ctx.run();
    BOOST_TEST(!closed);
    BOOST_TEST(other.is_open());
}

// A close is the descriptor's: it reaches it wherever it is, and nothing else.
BOOST_DATA_TEST_CASE(a_deferred_close_reaches_its_descriptor_alone, engines, engine)
{
    const temp_dir place;
    const std::string name = place.file("f", "content");
    const std::size_t before = open_descriptors();
    {
        context ctx(engine);
        error_code moved = asio::error::would_block, gone = moved, reopened = moved;
        auto first = std::make_unique<extended_file>(ctx, name, open_flags(O_RDONLY));
        auto start = first->async_close(asio::deferred);
        extended_file second(std::move(*first));
        first.reset();
        BOOST_TEST(second.is_open());
        std::move(start)([&](error_code ec) { moved = ec; });
        BOOST_TEST(!second.is_open());
        BOOST_TEST(second.native_handle() == -1);
        second.open(name, open_flags(O_RDONLY));   // may have the number already that is being closed

        // The file is closed and its number taken by another one by the time the operation starts.
        auto third = std::make_unique<extended_file>(ctx, name, open_flags(O_RDONLY));
        auto late = third->async_close(asio::deferred);
        third.reset();
        const extended_file fourth(ctx, name, open_flags(O_RDONLY));
        std::move(late)([&](error_code ec) { gone = ec; });

        // The same object, but another descriptor.
        auto stale = second.async_close(asio::deferred);
        second.close();
        second.open(name, open_flags(O_RDONLY));
        std::move(stale)([&](error_code ec) { reopened = ec; });
        ctx.run();
        BOOST_TEST(!moved);
        BOOST_TEST(gone == asio::error::bad_descriptor);
        BOOST_TEST(reopened == asio::error::bad_descriptor);
        BOOST_TEST(::fcntl(second.native_handle(), F_GETFD) != -1);
        BOOST_TEST(::fcntl(fourth.native_handle(), F_GETFD) != -1);
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_DATA_TEST_CASE(moving_an_object_takes_its_operations_along, engines, engine)
{
    const blocked b;
    context ctx(engine);
    extended_dir first(ctx.get_executor(), b.place.path());
    bool aborted = false;
    first.async_openat("fifo", open_flags(blocking_open), 0600,
        [&](error_code ec, extended_file) { aborted = ec == asio::error::operation_aborted; });
    extended_dir second(std::move(first));
    BOOST_TEST(!first.is_open());
    BOOST_TEST(second.is_open());
    ctx.run_for(20ms);
    BOOST_TEST(!aborted);
    second.cancel();
    ctx.restart();
    ctx.run();
    BOOST_TEST(aborted);
}

BOOST_AUTO_TEST_SUITE_END()
