// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_ENGINE_LIFETIME_IPP
#define ASIO_FS_IMPL_ENGINE_LIFETIME_IPP

#include <asio_fs/detail/engine.hpp>

#include <unistd.h>

#include <algorithm>
#include <vector>

// What the engine does when its process forks, and when its context is destroyed.
namespace asio_fs::detail {

// -------------------------------------------------------------------------------------------------
// Fork

// As Asio has it, both processes go on with what was in flight, and no thread runs the context meanwhile. Nothing is
// left with the kernel or with worker threads before: the ring is shared by the processes, threads are not inherited.
void engine::notify_fork(asio::execution_context::fork_event event)
{
    if (event == asio::execution_context::fork_prepare)
    {
        op_queue unstarted;
        workers_.pause(unstarted);
        std::unique_lock lock(mutex_);
        pending_.splice(pending_.begin(), unstarted);
        for (async_op& op : all_)
            if (op.where == async_op::stage::in_ring && op.fn->cancellable && !op.cancel_queued)
            {
                cancels_.push_back(op);
                op.cancel_queued = true;
            }
        quiescing_ = true;
        lock.unlock();
        drain_ring(std::chrono::steady_clock::time_point::max());
        return;
    }
    std::lock_guard lock(mutex_);
    quiescing_ = false;
    ring_is_parents_ = event == asio::execution_context::fork_child && ring_state_ == ring_state::up;
    route_again();
    schedule_turn();
}

// Not in notify_fork(): until all services have been notified, Asio's epoll descriptor is the parent's as well.
void engine::reopen_ring()
{
    ring_is_parents_ = false;
    ring_events_->release();
    ring_events_.reset();
    ring_.close();
    for (buffer_registration& r : registrations_)
        r.slot = -1;
    ring_state_ = ring_state::untried;
    route_again();
}

// What waits may have waited for another engine than it gets now.
void engine::route_again()
{
    op_queue again;
    again.swap(pending_);
    while (!again.empty())
    {
        async_op& op = again.front();
        again.pop_front();
        route(op);
    }
}

// -------------------------------------------------------------------------------------------------
// Shutdown

void engine::shutdown()
{
    const auto deadline = std::chrono::steady_clock::now() + options_.shutdown_timeout;
    op_queue unstarted;
    {
        std::lock_guard lock(mutex_);
        if (stopped_)
            return;
        stopped_ = true;
        std::vector<async_op*> in_flight;
        for (async_op& op : all_)
            in_flight.push_back(&op);
        for (async_op* op : in_flight)
            request_cancel(*op);
        unstarted.splice(unstarted.end(), pending_);
    }
    // Workers report through worker_done() until this returns, and never again after it.
    workers_.stop(unstarted, options_.shutdown_timeout);
    drain_ring(deadline);

    op_queue dead;
    {
        std::lock_guard lock(mutex_);
        while (!unstarted.empty())
        {
            async_op& op = unstarted.front();
            unstarted.pop_front();
            finish(op, -ECANCELED);
        }
        dead.swap(done_);
        // What is left hangs in the kernel, which may yet write to the memory: it stays as it is, for ever, and
        // reachable, so that leak checkers know it for what it is.
        if (!all_.empty())
        {
            for (async_op& op : all_)
                forget_slot(op);
            static all_ops* const parked = new all_ops;
            static std::mutex parked_mutex;
            std::lock_guard parked_lock(parked_mutex);
            parked->splice(parked->end(), all_);
        }
    }
    while (!dead.empty())
    {
        async_op& op = dead.front();
        dead.pop_front();
        op.close_unused();
        op.fn->destroy(op);
    }

    // The ring closes its descriptor itself.
    if (ring_events_)
        ring_events_->release();
    ring_events_.reset();
    executor_ = {};
    ring_.close();
    while (!registrations_.empty())
    {
        buffer_registration& r = registrations_.front();
        registrations_.pop_front();
        r.owner = nullptr;
        r.slot = -1;
    }
}

void engine::drain_ring(std::chrono::steady_clock::time_point deadline) noexcept
{
    std::lock_guard ring_lock(ring_mutex_);
    for (;;)
    {
        {
            std::lock_guard lock(mutex_);
            if (ring_state_ != ring_state::up || (in_ring_ == 0 && (quiescing_ || pending_.empty())))
                return;
            fill_ring();
        }
        ring_.submit();
        // However late it is, what is complete is taken.
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() < -100)
            return;
        ring_.wait(std::clamp(left, std::chrono::milliseconds(10), std::chrono::milliseconds(100)));
        std::lock_guard lock(mutex_);
        ring_.reap([&](void* data, int result) {
            if (data)
                ring_completed(*static_cast<async_op*>(data), result);
        });
    }
}

} // namespace asio_fs::detail

#endif
