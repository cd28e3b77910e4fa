// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_CONTEXT_POOL_IPP
#define ASIO_FS_IMPL_CONTEXT_POOL_IPP

#include <asio_fs/configure_engine.hpp>
#include <asio_fs/context_pool.hpp>

#include <boost/asio/executor_work_guard.hpp>

#include <pthread.h>
#include <sched.h>
#include <time.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

namespace asio_fs {

struct context_pool::loop
{
    // Services end in two steps; see ~context_pool().
    struct context_type : asio::io_context
    {
        context_type() : asio::io_context(1) {}
        using asio::io_context::shutdown;
    };

    context_type context;
    std::optional<asio::executor_work_guard<executor_type>> work; // guarded by mutex_
    std::thread thread;
    std::optional<std::size_t> cpu; // to run on

    // Guarded by mutex_.
    bool serving = false;      // it knows of join()
    std::uint64_t idle_in = 0; // the last round in which it ran out of work

    // Guarded by load_mutex_.
    clockid_t clock = 0;
    std::chrono::nanoseconds used{0};
    double load = 0; // 1 for a whole CPU
};

context_pool::context_pool(const context_pool_options& options)
{
    std::vector<std::size_t> cpus;
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) == 0)
    {
        for (std::size_t i = 0; i != CPU_SETSIZE; ++i)
        {
            if (CPU_ISSET(i, &set))
                cpus.push_back(i);
        }
    }
    std::size_t size = options.size != 0 ? options.size : cpus.size();
    size = std::max(size, std::size_t(1));
    for (std::size_t i = 0; i != size; ++i)
    {
        loop& l = *loops_.emplace_back(std::make_unique<loop>());
        // The engine is made here, where no thread is pinned.
        configure_engine(l.context, options.engine);
        l.work.emplace(l.context.get_executor());
        if (options.pin && !cpus.empty())
            l.cpu = cpus[i % cpus.size()];
    }
    try
    {
        for (const auto& l : loops_)
        {
            l->thread = std::thread([this, l = l.get()] { run(*l); });
            if (::pthread_getcpuclockid(l->thread.native_handle(), &l->clock) != 0)
                l->clock = -1;
        }
    }
    catch (...)
    {
        stop();
        end_threads();
        throw;
    }
}

// Objects of one context may be owned by handlers of another: first all services let go of their handlers,
// then the contexts go.
context_pool::~context_pool()
{
    stop();
    end_threads();
    if (failure_)
        std::terminate();
    for (const auto& l : loops_)
        l->context.shutdown();
}

context_pool::executor_type context_pool::executor(std::size_t i) const noexcept
{
    return loops_[i]->context.get_executor();
}

context_pool::executor_type context_pool::get_executor() noexcept
{
    return executor(next_.fetch_add(1, std::memory_order_relaxed) % loops_.size());
}

// The CPU time of each thread since the last sample, as a part of the time that has passed.
void context_pool::sample(std::chrono::steady_clock::time_point now) noexcept
{
    const std::chrono::duration<double> passed = now - sampled_;
    sampled_ = now;
    for (const auto& l : loops_)
    {
        timespec t = {};
        if (::clock_gettime(l->clock, &t) != 0)
            continue;
        const std::chrono::nanoseconds used =
            std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
        l->load = std::chrono::duration<double>(used - std::exchange(l->used, used)) / passed;
    }
}

context_pool::executor_type context_pool::least_loaded_executor()
{
    using namespace std::chrono_literals;
    constexpr auto period = 10ms; // several of the scheduler's ticks
    constexpr double given_out = 0.02;
    const std::lock_guard lock(load_mutex_);
    if (const auto now = std::chrono::steady_clock::now(); now - sampled_ >= period)
        sample(now);
    std::size_t least = least_next_;
    for (std::size_t k = 1; k < loops_.size(); ++k)
    {
        const std::size_t i = (least_next_ + k) % loops_.size();
        // Less by a noticeable amount: otherwise who is next in turn.
        if (loops_[i]->load + given_out / 2 < loops_[least]->load)
            least = i;
    }
    loops_[least]->load += given_out;
    least_next_ = (least + 1) % loops_.size();
    return executor(least);
}

void context_pool::stop() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
    for (const auto& l : loops_)
        l->context.stop();
}

void context_pool::join()
{
    wait_for_the_end();
    for (const auto& l : loops_)
        l->context.stop();
    end_threads();
    if (const std::exception_ptr failure = std::exchange(failure_, nullptr))
        std::rethrow_exception(failure);
}

void context_pool::end_threads() noexcept
{
    for (const auto& l : loops_)
    {
        if (l->thread.joinable())
            l->thread.join();
    }
}

void context_pool::run(loop& l) noexcept
{
    if (l.cpu)
    {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(*l.cpu, &set);
        ::pthread_setaffinity_np(::pthread_self(), sizeof set, &set);
    }
    try
    {
        l.context.run();
        serve_until_the_end(l);
    }
    catch (...)
    {
        {
            const std::lock_guard lock(mutex_);
            if (!failure_)
                failure_ = std::current_exception();
        }
        stop();
    }
}

// A context without work left may get some from another one. So there is nothing left only when each has run
// out of work in one round, and no handler has run in any of them since that round began.
void context_pool::wait_for_the_end()
{
    const auto each = [this](auto holds)
    { return std::all_of(loops_.begin(), loops_.end(), [&](const auto& l) { return holds(*l); }); };
    {
        const std::lock_guard lock(mutex_);
        if (joining_ || stopped_)
            return;
        joining_ = true;
    }
    changed_.notify_all();
    for (const auto& l : loops_)
        l->context.stop(); // out of run(); nothing is lost
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || each([](const loop& l) { return l.serving; }); });
    while (!stopped_)
    {
        ++round_;
        const std::uint64_t before = handled_;
        for (const auto& l : loops_)
            l->work.reset();
        changed_.wait(lock,
                      [&] { return stopped_ || each([&](const loop& l) { return l.idle_in == round_; }); });
        if (handled_ == before)
            break;
    }
    ended_ = true;
}

// What a thread does from join() on.
void context_pool::serve_until_the_end(loop& l)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return joining_ || stopped_; });
    l.serving = true;
    changed_.notify_all();
    while (!stopped_ && !ended_)
    {
        // Only then it is for want of work that there is nothing to run, and not because join() stopped the
        // context.
        const bool asked = !l.work;
        // Under the lock, lest a stop from now on is forgotten.
        l.context.restart();
        lock.unlock();
        while (l.context.run_one() != 0)
            ++handled_;
        lock.lock();
        if (asked && !stopped_)
        {
            l.idle_in = round_;
            l.work.emplace(l.context.get_executor());
            changed_.notify_all();
        }
    }
}

} // namespace asio_fs

#endif
