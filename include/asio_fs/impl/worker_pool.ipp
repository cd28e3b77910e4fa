// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_WORKER_POOL_IPP
#define ASIO_FS_IMPL_WORKER_POOL_IPP

#include <asio_fs/detail/signals_blocked.hpp>
#include <asio_fs/detail/worker_pool.hpp>

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace asio_fs::detail {

class worker
{
public:
    std::thread thread;
    async_op* current = nullptr;
    bool exited = false;
};

struct worker_pool::state
{
    std::mutex mutex;
    std::condition_variable work;         // something to do, or stopping
    std::condition_variable watch;        // something for the supervisor to watch
    std::condition_variable ended;        // a thread has exited or delivered
    op_queue queue;
    std::size_t queued = 0;               // how long it is
    std::list<worker> workers;
    std::thread supervisor;
    unsigned max_threads = 1;
    unsigned core_threads = 1;
    unsigned running = 0;                 // threads that have not exited
    unsigned idle = 0;
    unsigned delivering = 0;              // threads inside the done function
    unsigned long taken = 0;              // operations begun so far: the supervisor's measure of progress
    bool interrupting = false;            // a running operation was cancelled
    bool supervising = false;
    bool stopping = false;
    bool abandoned = false;               // the owner is gone: report nothing any more
    void* owner = nullptr;
    done_function done = nullptr;
    cpu_set_t cpus;                       // where the threads may run; none if unknown

    unsigned waiting_for_others = 0;      // threads whose operation another operation may have to end

    // Threads that were woken count as idle until they run: each of them will take one.
    bool starved() const noexcept { return queued > idle; }

    // Threads that count.
    unsigned busy() const noexcept { return running - waiting_for_others; }
};

worker_pool::worker_pool(unsigned max_threads, void* owner, done_function done) : state_(std::make_shared<state>())
{
    state_->max_threads = std::max(1u, max_threads);
    state_->core_threads = std::min(state_->max_threads, std::max(2u, std::thread::hardware_concurrency()));
    state_->owner = owner;
    state_->done = done;
    // Of the thread that makes the engine, and not of the loop's, which may be pinned to one.
    if (::sched_getaffinity(0, sizeof state_->cpus, &state_->cpus) != 0)
        CPU_ZERO(&state_->cpus);
}

worker_pool::~worker_pool()
{
    op_queue unstarted;
    stop(unstarted, std::chrono::milliseconds(0));
}

void worker_pool::submit(async_op& op)
{
    std::lock_guard lock(state_->mutex);
    if (state_->stopping)
        throw std::system_error(std::make_error_code(std::errc::operation_canceled));
    op.in_worker_queue = true;
    state_->queue.push_back(op);
    ++state_->queued;
    if (!state_->starved())
    {
        state_->work.notify_one();
        return;
    }
    try
    {
        if (state_->busy() < state_->core_threads)
            start_thread(state_);
        else if (state_->busy() < state_->max_threads)
            start_supervisor(state_);
    }
    catch (...)
    {
        // Out of threads is no error as long as one lives to do the work.
        if (state_->running == 0)
        {
            op.in_worker_queue = false;
            state_->queue.erase(state_->queue.iterator_to(op));
            --state_->queued;
            throw;
        }
    }
}

bool worker_pool::withdraw(async_op& op) noexcept
{
    std::lock_guard lock(state_->mutex);
    if (std::exchange(op.in_worker_queue, false))
    {
        state_->queue.erase(state_->queue.iterator_to(op));
        --state_->queued;
        return true;
    }
    if (!op.runner)
        return false;   // over, and about to be reported
    op.fn->interrupt(op);
    if (interrupt_signal() != 0)
    {
        state_->interrupting = true;
        try
        {
            start_supervisor(state_);
        }
        catch (...)
        {
            // Then once must do.
            pthread_kill(op.runner->thread.native_handle(), interrupt_signal());
        }
    }
    return false;
}

void worker_pool::stop(op_queue& unstarted, std::chrono::milliseconds timeout) noexcept
{
    std::unique_lock lock(state_->mutex);
    unstarted.splice(unstarted.end(), state_->queue);
    state_->queued = 0;
    if (state_->abandoned)
        return;
    state_->stopping = true;
    state_->work.notify_all();
    state_->watch.notify_all();
    state_->ended.wait_for(lock, timeout, [&] { return state_->running == 0; });
    state_->abandoned = true;
    state_->ended.wait(lock, [&] { return state_->delivering == 0; });
    end_threads(lock);
}

void worker_pool::pause(op_queue& unstarted) noexcept
{
    std::unique_lock lock(state_->mutex);
    unstarted.splice(unstarted.end(), state_->queue);
    state_->queued = 0;
    state_->stopping = true;
    state_->work.notify_all();
    state_->watch.notify_all();
    state_->ended.wait(lock, [&] { return state_->running == 0; });
    end_threads(lock);
    lock.lock();
    state_->stopping = false;
}

// Joins the threads that have come back, and lets go of the others.
void worker_pool::end_threads(std::unique_lock<std::mutex>& lock) noexcept
{
    std::list<worker> finished;
    for (auto w = state_->workers.begin(); w != state_->workers.end();)
    {
        const auto next = std::next(w);
        if (w->exited)
            finished.splice(finished.end(), state_->workers, w);
        else
            w->thread.detach();
        w = next;
    }
    // Nobody is left to interrupt, or nothing can be.
    state_->supervising = false;
    state_->watch.notify_all();
    std::thread supervisor = std::move(state_->supervisor);
    lock.unlock();
    for (worker& w : finished)
        w.thread.join();
    if (supervisor.joinable())
        supervisor.join();
}

void worker_pool::start_thread(const std::shared_ptr<state>& s)
{
    s->workers.remove_if([](worker& w) {
        if (w.exited)
            w.thread.join();
        return w.exited;
    });
    signals_blocked blocked;
    worker& w = s->workers.emplace_back();
    try
    {
        w.thread = std::thread([s, &w] { run(s, w); });
    }
    catch (...)
    {
        s->workers.pop_back();
        throw;
    }
    ++s->running;
}

void worker_pool::start_supervisor(const std::shared_ptr<state>& s)
{
    if (!s->supervising && !s->stopping)
    {
        signals_blocked blocked;
        s->supervisor = std::thread([s] { supervise(s); });
        s->supervising = true;
    }
    s->watch.notify_one();
}

void worker_pool::run(const std::shared_ptr<state>& s, worker& self)
{
    if (CPU_COUNT(&s->cpus) != 0)
        ::pthread_setaffinity_np(::pthread_self(), sizeof s->cpus, &s->cpus);
    std::unique_lock lock(s->mutex);
    for (;;)
    {
        if (s->queue.empty())
        {
            if (s->stopping)
                break;
            ++s->idle;
            const bool woken = s->work.wait_for(
                lock, std::chrono::seconds(10), [&] { return !s->queue.empty() || s->stopping; });
            --s->idle;
            if (!woken && s->busy() > s->core_threads)
                break;
            continue;
        }
        async_op& op = s->queue.front();
        s->queue.pop_front();
        --s->queued;
        op.in_worker_queue = false;
        op.runner = &self;
        self.current = &op;
        ++s->taken;
        const unsigned waiting = op.fn->waits_for_others ? 1 : 0;
        s->waiting_for_others += waiting;
        if (waiting != 0 && s->starved())
        {
            try
            {
                start_supervisor(s);
            }
            catch (...)
            {
                // No more threads to be had: those there are go on.
            }
        }
        lock.unlock();
        const int result = op.fn->perform(op);
        lock.lock();
        s->waiting_for_others -= waiting;
        self.current = nullptr;
        op.runner = nullptr;
        if (s->abandoned)
            break;
        ++s->delivering;
        lock.unlock();
        s->done(s->owner, op, result);
        lock.lock();
        if (--s->delivering == 0 && s->stopping)
            s->ended.notify_all();
    }
    self.exited = true;
    --s->running;
    s->ended.notify_all();
}

void worker_pool::supervise(const std::shared_ptr<state>& s)
{
    std::unique_lock lock(s->mutex);
    unsigned long taken = s->taken;
    while (s->supervising || !s->stopping)
    {
        if (!s->interrupting && !(s->starved() && s->busy() < s->max_threads))
        {
            if (s->stopping && s->running == 0)
                return;
            s->watch.wait_for(lock, s->stopping ? std::chrono::milliseconds(20) : std::chrono::hours(1));
            taken = s->taken;
            continue;
        }
        s->watch.wait_for(lock, std::chrono::milliseconds(1));
        // Threads that were abandoned meanwhile are detached, and have no handle any more.
        if (!s->supervising && s->stopping)
            return;
        if (s->starved() && s->taken == taken && s->busy() < s->max_threads)
        {
            try
            {
                start_thread(s);
            }
            catch (...)
            {
                // No more threads to be had: those there are go on.
            }
        }
        taken = s->taken;
        s->interrupting = false;
        for (worker& w : s->workers)
            if (w.current && w.current->cancel_requested.load(std::memory_order_relaxed))
            {
                s->interrupting = true;
                pthread_kill(w.thread.native_handle(), interrupt_signal());
            }
    }
}

} // namespace asio_fs::detail

#endif
