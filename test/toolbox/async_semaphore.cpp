// SPDX-License-Identifier: BSL-1.0

// async_semaphore: order, cancellation, lifetime, threads.

#include "support/witness.hpp"

#include <asio_fs/async_semaphore.hpp>
#include <asio_fs/semaphore_permit.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/use_awaitable.hpp>
#if BOOST_VERSION >= 108200
#include <boost/asio/bind_immediate_executor.hpp>
#endif
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <limits>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

using asio::cancellation_type;

// Keeps account of the memory that a handler's allocator has given out.
template <class T>
struct counting_allocator
{
    using value_type = T;
    int* blocks;
    int* taken;

    counting_allocator(int& b, int& t) noexcept : blocks(&b), taken(&t) {}
    template <class U>
    counting_allocator(const counting_allocator<U>& other) noexcept : blocks(other.blocks), taken(other.taken)
    {}
    T* allocate(std::size_t n)
    {
        ++*blocks;
        ++*taken;
        return std::allocator<T>().allocate(n);
    }
    void deallocate(T* p, std::size_t n) noexcept
    {
        --*blocks;
        std::allocator<T>().deallocate(p, n);
    }
    template <class U>
    bool operator==(const counting_allocator<U>& other) const noexcept
    {
        return blocks == other.blocks;
    }
};

// Runs what is ready.
void turn(asio::io_context& ctx)
{
    ctx.restart();
    ctx.poll();
}

} // namespace

BOOST_AUTO_TEST_SUITE(async_semaphore_)

BOOST_AUTO_TEST_CASE(permits_are_counted)
{
    asio::io_context ctx;
    async_semaphore sem(ctx, 3);
    BOOST_TEST(sem.available() == 3);
    BOOST_TEST(sem.try_acquire());
    BOOST_TEST(sem.try_acquire(2));
    BOOST_TEST(!sem.try_acquire());
    BOOST_TEST(sem.try_acquire(0));
    sem.release(2);
    BOOST_TEST(!sem.try_acquire(3));
    BOOST_TEST(!sem.try_acquire(std::numeric_limits<std::size_t>::max()));
    BOOST_TEST(sem.available() == 2);
    BOOST_TEST(sem.waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(handlers_run_later_and_in_order)
{
    asio::io_context ctx;
    async_semaphore sem(ctx, 1);
    std::vector<int> order;
    for (int i = 0; i != 5; ++i)
        sem.async_acquire(
            [&, i](error_code ec)
            {
                BOOST_TEST(!ec);
                order.push_back(i);
            });
    BOOST_TEST(order.empty());
    BOOST_TEST(sem.waiting() == 4u);
    turn(ctx);
    BOOST_TEST(order == std::vector<int>{0}, boost::test_tools::per_element());
    sem.release();
    BOOST_TEST(order.size() == 1u);
    sem.release(3);
    turn(ctx);
    BOOST_TEST(order == (std::vector<int>{0, 1, 2, 3, 4}), boost::test_tools::per_element());
    BOOST_TEST(sem.available() == 0);
}

BOOST_AUTO_TEST_CASE(who_asks_for_less_does_not_overtake)
{
    asio::io_context ctx;
    async_semaphore sem(ctx, 2);
    std::vector<int> order;
    sem.async_acquire(3, [&](error_code) { order.push_back(3); });
    sem.async_acquire(1, [&](error_code) { order.push_back(1); });
    BOOST_TEST(!sem.try_acquire());
    turn(ctx);
    BOOST_TEST(order.empty());
    BOOST_TEST(sem.available() == 2);
    sem.release(2);
    turn(ctx);
    BOOST_TEST(order == (std::vector<int>{3, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(permits_in_use_can_be_taken_away)
{
    asio::io_context ctx;
    async_semaphore sem(ctx, 4);
    BOOST_TEST(sem.try_acquire(3));
    sem.shrink(3);
    BOOST_TEST(sem.available() == -2);
    int called = 0;
    sem.async_acquire([&](error_code) { ++called; });
    BOOST_TEST(!sem.try_acquire(0));
    sem.release();
    sem.release();
    turn(ctx);
    BOOST_TEST(called == 0);
    sem.release();
    turn(ctx);
    BOOST_TEST(called == 1);
    BOOST_TEST(sem.available() == 0);
}

BOOST_AUTO_TEST_CASE(an_acquisition_counts_as_work)
{
    asio::io_context ctx;
    async_semaphore sem(ctx, 0);
    bool called = false;
    sem.async_acquire([&](error_code ec) { called = !ec; });
    std::thread other(
        [&]
        {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            sem.release();
        });
    ctx.run();
    BOOST_TEST(called);
    other.join();
}

BOOST_AUTO_TEST_CASE(associated_executor_and_allocator)
{
    asio::io_context ctx, own;
    int blocks = 0, taken = 0, in_use_during_call = -1;
    async_semaphore sem(ctx, 0);
    auto strand = asio::make_strand(own);
    bool on_strand = false;
    sem.async_acquire(asio::bind_allocator(counting_allocator<void>(blocks, taken),
                                           asio::bind_executor(strand,
                                                               [&](error_code)
                                                               {
                                                                   in_use_during_call = blocks;
                                                                   on_strand =
                                                                       strand.running_in_this_thread();
                                                               })));
    BOOST_TEST(blocks == 1);
    sem.release();
    turn(ctx);
    BOOST_TEST(!on_strand);
    own.run(); // has had work since the beginning
    BOOST_TEST(on_strand);
    BOOST_TEST(in_use_during_call == 0);
    BOOST_TEST(taken >= 1);
    BOOST_TEST(blocks == 0);
}

BOOST_AUTO_TEST_CASE(per_operation_cancellation)
{
    for (const cancellation_type type :
         {cancellation_type::terminal, cancellation_type::partial, cancellation_type::total})
    {
        asio::io_context ctx;
        async_semaphore sem(ctx, 1);
        asio::cancellation_signal signal;
        error_code large, small = asio::error::would_block;
        sem.async_acquire(2, asio::bind_cancellation_slot(signal.slot(), [&](error_code ec) { large = ec; }));
        sem.async_acquire(1, [&](error_code ec) { small = ec; });
        turn(ctx);
        BOOST_TEST(small == asio::error::would_block);
        signal.emit(cancellation_type::none);
        BOOST_TEST(sem.waiting() == 2u);
        signal.emit(type);
        BOOST_TEST(!large);
        turn(ctx);
        BOOST_TEST(large == asio::error::operation_aborted);
        BOOST_TEST(!small); // no longer behind the other
        signal.emit(type);  // there is nothing left to cancel
        turn(ctx);
        BOOST_TEST(sem.available() == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_cancellation_that_comes_too_late)
{
    asio::io_context ctx;
    asio::cancellation_signal signal;
    {
        async_semaphore sem(ctx, 1);
        error_code ec = asio::error::would_block;
        sem.async_acquire(asio::bind_cancellation_slot(signal.slot(), [&](error_code e) { ec = e; }));
        signal.emit(cancellation_type::terminal); // the permit is taken
        turn(ctx);
        BOOST_TEST(!ec);
        BOOST_TEST(sem.available() == 0);
        // The slot used again, while the first acquisition that it was used for still waits.
        int aborted = 0;
        sem.async_acquire(asio::bind_cancellation_slot(signal.slot(), [&](error_code e) { aborted += !!e; }));
        sem.async_acquire(asio::bind_cancellation_slot(signal.slot(), [&](error_code e) { aborted += !!e; }));
        signal.emit(cancellation_type::terminal);
        turn(ctx);
        BOOST_TEST(aborted == 1);
        BOOST_TEST(sem.waiting() == 1u);
    }
    signal.emit(cancellation_type::terminal);
}

BOOST_AUTO_TEST_CASE(cancel_and_destruction_abort_what_waits)
{
    asio::io_context ctx;
    fate f;
    int aborted = 0;
    const auto handler = [&](std::shared_ptr<void> witness)
    {
        return [&f, &aborted, witness = std::move(witness)](error_code ec)
        {
            ++f.called;
            aborted += ec == asio::error::operation_aborted;
        };
    };
    std::optional<async_semaphore> sem(std::in_place, ctx, 0);
    sem->async_acquire(handler(f.witness()));
    sem->async_acquire(2, handler(f.witness()));
    sem->cancel();
    BOOST_TEST(f.called == 0);
    turn(ctx);
    BOOST_TEST(f.called == 2);
    BOOST_TEST(f.destroyed == 2);
    sem->async_acquire(handler(f.witness()));
    auto late = sem->async_acquire(asio::deferred);
    sem.reset();
    BOOST_TEST(f.called == 2);
    std::move(late)(handler(f.witness())); // started when there is no semaphore any more
    turn(ctx);
    BOOST_TEST(f.called == 4);
    BOOST_TEST(aborted == 4);
    BOOST_TEST(f.destroyed == 4);
}

BOOST_AUTO_TEST_CASE(what_waits_goes_with_the_context)
{
    fate f;
    std::optional<asio::io_context> ctx(std::in_place);
    std::optional<async_semaphore> outlives(std::in_place, *ctx, 0);
    asio::cancellation_signal signal;
    // A handler that owns the semaphore it waits for.
    auto owned = std::make_shared<async_semaphore>(*ctx, 0);
    owned->async_acquire([owned, &f, w = f.witness()](error_code) { ++f.called; });
    owned.reset();
    outlives->async_acquire(
        asio::bind_cancellation_slot(signal.slot(), [&f, w = f.witness()](error_code) { ++f.called; }));
    ctx.reset();
    BOOST_TEST(f.called == 0);
    BOOST_TEST(f.destroyed == 2);
    signal.emit(cancellation_type::terminal);
    outlives.reset();
}

#if BOOST_VERSION >= 108200

BOOST_AUTO_TEST_CASE(an_immediate_executor_runs_the_handler_inside)
{
    asio::io_context ctx;
    std::optional<async_semaphore> sem(std::in_place, ctx, 1);
    int called = 0, aborted = 0;
    const auto handler = [&]
    {
        return asio::bind_immediate_executor(asio::system_executor(),
                                             [&](error_code ec)
                                             {
                                                 ++called;
                                                 aborted += ec == asio::error::operation_aborted;
                                             });
    };
    sem->async_acquire(handler());
    BOOST_TEST(called == 1); // the permit was there
    sem->async_acquire(handler());
    sem->release();
    BOOST_TEST(called == 1); // it had to wait
    turn(ctx);
    BOOST_TEST(called == 2);
    auto late = sem->async_acquire(asio::deferred);
    sem.reset();
    std::move(late)(handler());
    BOOST_TEST(called == 3);
    BOOST_TEST(aborted == 1);
}

#endif

BOOST_AUTO_TEST_CASE(moves_take_along_what_waits)
{
    using plain = basic_async_semaphore<asio::io_context::executor_type>;
    asio::io_context ctx;
    std::vector<int> order;
    error_code given_up;
    plain first(ctx, 1);
    BOOST_TEST(first.try_acquire());
    first.async_acquire([&](error_code ec) { order.push_back(ec ? -1 : 1); });
    auto deferred = first.async_acquire(asio::deferred);
    {
        plain second(std::move(first));
        BOOST_TEST(second.waiting() == 1u);
        async_semaphore any(std::move(second));
        std::move(deferred)([&](error_code ec) { order.push_back(ec ? -2 : 2); });
        BOOST_TEST(any.waiting() == 2u);
        async_semaphore other(ctx, 0);
        other.async_acquire([&](error_code ec) { given_up = ec; });
        other = std::move(any);
        other.release(2);
        turn(ctx);
        BOOST_TEST(order == (std::vector<int>{1, 2}), boost::test_tools::per_element());
        BOOST_TEST(given_up == asio::error::operation_aborted);
        BOOST_TEST(other.available() == 0);

        // An object that was moved from can be assigned to, also by one with another executor.
        any = plain(ctx, 7);
        BOOST_TEST(any.available() == 7);
    }
    auto by_default = asio::use_awaitable_t<>::as_default_on(async_semaphore(ctx, 3));
    asio::co_spawn(
        ctx, [&]() -> asio::awaitable<void> { co_await by_default.async_acquire(2); },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    turn(ctx);
    BOOST_TEST(by_default.available() == 1);
}

BOOST_AUTO_TEST_CASE(many_threads)
{
    constexpr int rounds = 500, tasks = 16, most = 3;
    asio::thread_pool pool(4);
    async_semaphore sem(pool, most);
    std::atomic<int> in_use = 0, highest = 0, done = 0, aborted = 0, failed = 0;
    const auto task = [&]() -> asio::awaitable<void>
    {
        for (int i = 0; i != rounds; ++i)
        {
            co_await sem.async_acquire(asio::use_awaitable);
            const semaphore_permit held(sem);
            const int now = ++in_use;
            for (int seen = highest; seen < now && !highest.compare_exchange_weak(seen, now);)
            {}
            --in_use;
            ++done;
        }
    };
    for (int i = 0; i != tasks; ++i)
        asio::co_spawn(pool, task, [&](std::exception_ptr e) { failed += !!e; });
    // Others that are cancelled, each by its own strand.
    for (int i = 0; i != tasks; ++i)
    {
        auto strand = asio::make_strand(pool);
        auto signal = std::make_shared<asio::cancellation_signal>();
        asio::post(strand,
                   [&sem, &aborted, strand, signal]
                   {
                       for (int k = 0; k != rounds; ++k)
                       {
                           sem.async_acquire(asio::bind_executor(
                               strand, asio::bind_cancellation_slot(signal->slot(),
                                                                    [&sem, &aborted, signal](error_code ec)
                                                                    {
                                                                        if (ec)
                                                                            ++aborted;
                                                                        else
                                                                            sem.release();
                                                                    })));
                           signal->emit(cancellation_type::terminal);
                       }
                   });
    }
    pool.join();
    BOOST_TEST(failed == 0);
    BOOST_TEST(done == rounds * tasks);
    BOOST_TEST(highest <= most);
    BOOST_TEST(aborted > 0);
    BOOST_TEST(sem.available() == most);
    BOOST_TEST(sem.waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(a_permit_is_released_once)
{
    asio::io_context ctx;
    basic_async_semaphore<asio::io_context::executor_type> sem(ctx, 3);
    BOOST_TEST(sem.try_acquire(3));
    {
        semaphore_permit a(sem, 2);
        semaphore_permit b(std::move(a));
        BOOST_TEST(a.count() == 0u);
        BOOST_TEST(b.count() == 2u);
        BOOST_TEST(sem.available() == 0);
        semaphore_permit c(sem);
        c = std::move(b);
        BOOST_TEST(sem.available() == 1);
        c.reset();
        c.reset();
        BOOST_TEST(sem.available() == 3);
    }
    BOOST_TEST(sem.available() == 3);
    BOOST_TEST(sem.try_acquire());
    BOOST_TEST(semaphore_permit(sem).release() == 1u);
    BOOST_TEST(sem.available() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
