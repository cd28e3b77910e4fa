// SPDX-License-Identifier: BSL-1.0

// Buffers that are aligned for direct I/O and registered with the ring.

#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/buffer_pool.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/read_at.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

std::string text(const pooled_buffer& b, std::size_t size) { return {static_cast<const char*>(b.data()), size}; }

// Which of the kernel's forms a read of these buffers takes.
template <class Buffers>
int opcode_of_read(asio::io_context& ctx, const Buffers& buffers)
{
    op::read_at read{-1, detail::io_buffers(buffers), 0};
    io_uring_sqe sqe{};
    const int slot = read.buffers.registered_slot(&detail::get_engine(ctx.get_executor()));
    slot >= 0 ? read.prepare_registered(sqe, slot) : read.prepare(sqe);
    return sqe.opcode;
}

} // namespace

BOOST_AUTO_TEST_SUITE(buffer_pools)

BOOST_DATA_TEST_CASE(buffers_are_lent_and_come_back, engines, engine)
{
    context ctx(engine);
    const buffer_pool pool(ctx, 5000, 3);
    BOOST_TEST(pool.buffer_size() == 8192u);
    BOOST_TEST(pool.size() == 3u);
    std::vector<pooled_buffer> lent;
    for (int i = 0; i != 3; ++i)
    {
        lent.push_back(pool.try_acquire());
        BOOST_TEST(bool(lent.back()));
        BOOST_TEST(reinterpret_cast<std::uintptr_t>(lent.back().data()) % 4096 == 0u);
        std::memset(lent.back().data(), i, lent.back().size());   // all of it is there
    }
    BOOST_TEST(pool.available() == 0u);
    const pooled_buffer none = pool.try_acquire();
    BOOST_TEST(!none);
    BOOST_TEST(none.size() == 0u);
    for (std::size_t i = 0; i != 3; ++i)
        BOOST_TEST(static_cast<const char*>(lent[i].data())[8191] == static_cast<char>(i));
    void* const data = lent[1].data();
    lent[1] = pooled_buffer();
    BOOST_TEST(pool.available() == 1u);
    BOOST_TEST(pool.try_acquire().data() == data);
    lent[0] = std::move(lent[2]);
    BOOST_TEST(pool.available() == 2u);
    lent.clear();
    BOOST_TEST(pool.available() == 3u);
}

BOOST_DATA_TEST_CASE(transfers_use_them, engines, engine)
{
    context ctx(engine);
    const temp_dir dir;
    extended_file file(ctx, dir.file("f", "0123456789"), open_flags(O_RDWR));
    const buffer_pool pool(ctx, 4096, 2);
    const pooled_buffer a = pool.try_acquire();
    std::memcpy(a.data(), "abcdef", 6);
    int called = 0;
    file.async_write_some_at(8, a.buffer(1, 3), [&](error_code ec, std::size_t n) {
        BOOST_TEST(!ec);
        BOOST_TEST(n == 3u);
        ++called;
    });
    ctx.run();
    const pooled_buffer b = pool.try_acquire();
    file.async_read_some_at(0, b.buffer(), [&](error_code ec, std::size_t n) {
        BOOST_TEST(!ec);
        BOOST_TEST(n == 11u);
        ++called;
    });
    ctx.restart();
    ctx.run();
    BOOST_TEST(text(b, 11) == "01234567bcd");
    // At the stream position, by a composed operation, and without the loop.
    file.async_read_some(b.buffer(100, 2), [&](error_code, std::size_t n) { called += n == 2; });
    ctx.restart();
    ctx.run();
    asio::async_read_at(file, 2, b.buffer(102, 2), [&](error_code, std::size_t n) { called += n == 2; });
    ctx.restart();
    ctx.run();
    BOOST_TEST(file.read_some_at(4, b.buffer(104, 2)) == 2u);
    BOOST_TEST(std::string(static_cast<const char*>(b.data()) + 100, 6) == "012345");
    BOOST_TEST(called == 4);
}

BOOST_AUTO_TEST_CASE(the_ring_knows_them, *boost::unit_test::precondition(needs_ring()))
{
    context ctx(engine_choice::ring), other(engine_choice::ring), without(engine_choice::workers);
    const buffer_pool pool(ctx, 4096, 2);
    if (!pool.registered())
    {
        BOOST_TEST_MESSAGE("skipped: the kernel registers no buffers (before 5.19, or RLIMIT_MEMLOCK)");
        return;
    }
    const pooled_buffer b = pool.try_acquire();
    BOOST_TEST(opcode_of_read(ctx, b.buffer()) == IORING_OP_READ_FIXED);
    BOOST_TEST(opcode_of_read(other, b.buffer()) == IORING_OP_READV);
    BOOST_TEST(opcode_of_read(ctx, asio::buffer(b.buffer(), 10)) == IORING_OP_READV);
    BOOST_TEST(!buffer_pool(without, 4096, 1).registered());

    // On another context's file they are plain memory.
    const temp_dir dir;
    extended_file file(other, dir.file("f", "content"), open_flags(O_RDONLY));
    std::size_t got = 0;
    file.async_read_some_at(0, b.buffer(), [&](error_code, std::size_t n) { got = n; });
    other.run();
    BOOST_TEST(got == 7u);
}

// The table of the ring has room for some pools; the rest works all the same, and places are used again.
BOOST_AUTO_TEST_CASE(there_may_be_many_pools, *boost::unit_test::precondition(needs_ring()))
{
    context ctx(engine_choice::ring);
    std::vector<buffer_pool> pools;
    for (int i = 0; i != 70; ++i)
        pools.emplace_back(ctx, 4096, 1);
    if (!pools.front().registered())
        return;
    BOOST_TEST(!pools.back().registered());
    pools.resize(60, pools.back());
    BOOST_TEST(buffer_pool(ctx, 4096, 1).registered());
}

BOOST_DATA_TEST_CASE(pool_buffers_and_context_end_in_any_order, engines, engine)
{
    pooled_buffer outlives;
    std::optional<buffer_pool> pool;
    {
        context ctx(engine);
        pool.emplace(ctx, 4096, 2);
        outlives = pool->try_acquire();
    }
    BOOST_TEST(!pool->registered());
    std::memset(outlives.data(), 1, outlives.size());
    pool.reset();
    std::memset(outlives.data(), 2, outlives.size());
}

BOOST_AUTO_TEST_CASE(nonsense_is_refused)
{
    asio::io_context ctx;
    BOOST_CHECK_THROW(buffer_pool(ctx, 0, 1), std::bad_alloc);
    BOOST_CHECK_THROW(buffer_pool(ctx, 1, 0), std::bad_alloc);
    BOOST_CHECK_THROW(buffer_pool(ctx, ~std::size_t(0), 1), std::bad_alloc);
    BOOST_CHECK_THROW(buffer_pool(ctx, ~std::size_t(0) / 2, 3), std::bad_alloc);
}

// As a child of fork(2) has a ring of its own.
BOOST_AUTO_TEST_CASE(a_child_registers_them_anew, *boost::unit_test::precondition(needs_ring()))
{
    context ctx(engine_choice::ring);
    const temp_dir dir;
    extended_file file(ctx, dir.file("f", "content"), open_flags(O_RDONLY));
    std::optional<buffer_pool> pool(std::in_place, ctx, 4096, 2);
    const bool registered = pool->registered();
    ctx.notify_fork(asio::io_context::fork_prepare);
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0)
    {
        ::alarm(30);
        ctx.notify_fork(asio::io_context::fork_child);
        const pooled_buffer b = pool->try_acquire();
        std::size_t got = 0;
        file.async_read_some_at(0, b.buffer(), [&](error_code, std::size_t n) { got = n; });
        ctx.run();
        ::_exit(got == 7 && pool->registered() == registered ? 0 : 1);
    }
    ctx.notify_fork(asio::io_context::fork_parent);
    int status = -1;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0), "the child's status is " << status);
    const pooled_buffer b = pool->try_acquire();
    std::size_t got = 0;
    file.async_read_some_at(0, b.buffer(), [&](error_code, std::size_t n) { got = n; });
    ctx.run();
    BOOST_TEST(got == 7u);
}

BOOST_DATA_TEST_CASE(direct_reads, engines, engine)
{
    context ctx(engine);
    const temp_dir dir;
    error_code ec;
    extended_file file(ctx);
    file.open(dir.file("f", std::string(8192, 'x')), open_flags(O_RDONLY | O_DIRECT), ec);
    if (ec)
    {
        BOOST_TEST_MESSAGE("skipped: no direct I/O here: " << ec.message());
        return;
    }
    const buffer_pool pool(ctx, 4096, 1);
    const pooled_buffer b = pool.try_acquire();
    std::size_t got = 0;
    file.async_read_some_at(4096, b.buffer(), [&](error_code e, std::size_t n) {
        BOOST_TEST(!e);
        got = n;
    });
    ctx.run();
    BOOST_TEST(got == 4096u);
    BOOST_TEST(text(b, 4096) == std::string(4096, 'x'));
}

BOOST_AUTO_TEST_CASE(threads_share_a_pool)
{
    asio::io_context ctx;
    const buffer_pool pool(ctx, 4096, 3);
    std::vector<std::thread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i != 1000; ++i)
                if (const pooled_buffer b = pool.try_acquire())
                    std::memset(b.data(), t, b.size());
        });
    for (std::thread& t : threads)
        t.join();
    BOOST_TEST(pool.available() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
