// SPDX-License-Identifier: BSL-1.0

// In steady state, an operation whose handler has a recycling allocator takes nothing from the heap.

#include "support/engines.hpp"
#include "support/heap_count.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/extended_file.hpp>

#include <boost/asio/recycling_allocator.hpp>

#include <algorithm>
#include <array>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// One block, used again and again: what the custom allocation example of Asio does.
struct one_block
{
    alignas(std::max_align_t) std::array<unsigned char, 2048> bytes;
    bool used = false;
    int taken = 0;
};

template <class T>
struct one_block_allocator
{
    using value_type = T;
    one_block* block;

    explicit one_block_allocator(one_block& b) noexcept : block(&b) {}
    template <class U>
    one_block_allocator(const one_block_allocator<U>& other) noexcept : block(other.block)
    {
    }
    T* allocate(std::size_t n)
    {
        BOOST_REQUIRE(!block->used);
        BOOST_REQUIRE(n * sizeof(T) <= block->bytes.size());
        block->used = true;
        ++block->taken;
        return reinterpret_cast<T*>(block->bytes.data());
    }
    void deallocate(T*, std::size_t) noexcept { block->used = false; }
    template <class U>
    bool operator==(const one_block_allocator<U>& other) const noexcept
    {
        return block == other.block;
    }
};

template <class Start>
struct chain
{
    using allocator_type = one_block_allocator<void>;
    allocator_type get_allocator() const noexcept { return allocator_type(*block); }

    template <class... T>
    void operator()(const error_code& ec, const T&...)
    {
        BOOST_REQUIRE(!ec);
        BOOST_REQUIRE(!block->used);   // the operation's memory is free before the handler runs
        if (--*left != 0)
            (*start)(chain(*this));
    }

    Start* start;
    one_block* block;
    int* left;
};

template <class Start>
std::size_t heap_use_of(asio::io_context& ctx, Start start)
{
    one_block block;
    int left = 200;
    const auto round = [&](int n) {
        left = n;
        ctx.restart();
        start(chain<Start>{&start, &block, &left});
        ctx.run();
    };
    round(200);
    // The worker pool may start one thread more at any time, up to one per CPU: steady is the best of a few.
    std::size_t least = heap_count();
    for (int i = 0; i != 5; ++i)
    {
        const std::size_t before = heap_count();
        round(500);
        least = std::min(least, heap_count() - before);
    }
    BOOST_TEST(block.taken >= 2700);
    return least;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_allocation)

BOOST_DATA_TEST_CASE(nothing_in_steady_state, engines, engine)
{
    const temp_dir dir;
    const std::string name = dir.file("f", std::string(4096, 'x'));
    context ctx(engine, 1);
    basic_extended_file<asio::io_context::executor_type> file(
        ctx.get_executor(), name, open_flags(O_RDWR));
    std::array<char, 4096> buffer;

    BOOST_TEST(heap_use_of(ctx, [&](auto handler) { file.async_statx(std::move(handler)); }) == 0u);
    BOOST_TEST(heap_use_of(ctx, [&](auto handler) {
        file.async_read_some_at(0, asio::buffer(buffer), std::move(handler));
    }) == 0u);
    BOOST_TEST(heap_use_of(ctx, [&](auto handler) { file.async_fchmod(0600, std::move(handler)); }) == 0u);
}

// The same with the executor type that most programs have.
BOOST_DATA_TEST_CASE(nothing_with_any_io_executor, engines, engine)
{
    const temp_dir dir;
    const std::string name = dir.file("f", "content");
    context ctx(engine, 1);
    extended_file file(ctx.get_executor(), name, open_flags(O_RDWR));
    BOOST_TEST(heap_use_of(ctx, [&](auto handler) { file.async_statx(std::move(handler)); }) == 0u);
    BOOST_TEST(heap_use_of(ctx, [&](auto handler) { file.async_fchmod(0600, std::move(handler)); }) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
