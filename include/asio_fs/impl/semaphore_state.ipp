// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_SEMAPHORE_STATE_IPP
#define ASIO_FS_IMPL_SEMAPHORE_STATE_IPP

#include <asio_fs/detail/semaphore_state.hpp>

#include <boost/asio/error.hpp>

namespace asio_fs::detail {

ASIO_FS_DECL std::ptrdiff_t semaphore_state::available() const
{
    const std::lock_guard lock(mutex_);
    return permits_;
}

ASIO_FS_DECL std::size_t semaphore_state::waiting() const
{
    const std::lock_guard lock(mutex_);
    return waiters_.size();
}

ASIO_FS_DECL bool semaphore_state::try_acquire(std::size_t n)
{
    const std::lock_guard lock(mutex_);
    if (!waiters_.empty() || !grantable(n))
        return false;
    permits_ -= static_cast<std::ptrdiff_t>(n);
    return true;
}

ASIO_FS_DECL void semaphore_state::release(std::size_t n)
{
    {
        const std::lock_guard lock(mutex_);
        permits_ += static_cast<std::ptrdiff_t>(n);
    }
    grant();
}

ASIO_FS_DECL void semaphore_state::shrink(std::size_t n)
{
    const std::lock_guard lock(mutex_);
    permits_ -= static_cast<std::ptrdiff_t>(n);
}

ASIO_FS_DECL bool semaphore_state::acquire(semaphore_waiter& w, error_code& ec)
{
    {
        const std::lock_guard lock(mutex_);
        const bool granted = !closed_ && waiters_.empty() && grantable(w.permits);
        if (closed_ || granted)
        {
            forget_slot(w);
            if (granted)
                permits_ -= static_cast<std::ptrdiff_t>(w.permits);
            else
                ec = asio::error::operation_aborted;
            return true;
        }
        waiters_.push_back(w);
    }
    grant(); // the first in the queue may have been left there by an exception
    return false;
}

// One at a time, so that the queue is in order whatever a completion throws.
ASIO_FS_DECL void semaphore_state::grant()
{
    for (;;)
    {
        semaphore_waiter* w;
        {
            const std::lock_guard lock(mutex_);
            if (waiters_.empty() || !grantable(waiters_.front().permits))
                return;
            w = &waiters_.front();
            waiters_.pop_front();
            permits_ -= static_cast<std::ptrdiff_t>(w->permits);
            forget_slot(*w);
        }
        w->fn->complete(*w, {});
    }
}

ASIO_FS_DECL void semaphore_state::cancel() { cancel_all(false); }

ASIO_FS_DECL void semaphore_state::close() { cancel_all(true); }

ASIO_FS_DECL void semaphore_state::cancel_all(bool closing)
{
    struct owned : semaphore_queue
    {
        ~owned() { drop(*this); }
    } cancelled;
    {
        const std::lock_guard lock(mutex_);
        closed_ = closed_ || closing;
        take_all(cancelled);
    }
    while (!cancelled.empty())
    {
        semaphore_waiter& w = cancelled.front();
        cancelled.pop_front();
        w.fn->complete(w, asio::error::operation_aborted);
    }
}

ASIO_FS_DECL void semaphore_state::cancel(semaphore_canceller& c)
{
    semaphore_waiter* w;
    {
        const std::lock_guard lock(mutex_);
        w = c.waiter;
        // Not there yet: the slot is armed before the waiter is queued.
        if (!w || !w->hook.is_linked())
            return;
        forget_slot(*w);
        waiters_.erase(waiters_.iterator_to(*w));
    }
    w->fn->complete(*w, asio::error::operation_aborted);
    grant(); // those behind it may ask for less
}

ASIO_FS_DECL void semaphore_state::disarm(semaphore_canceller& c) noexcept
{
    const std::lock_guard lock(mutex_);
    if (c.waiter)
        c.waiter->slot = nullptr;
}

ASIO_FS_DECL void semaphore_state::forget_slot(semaphore_waiter& w) noexcept
{
    if (w.slot)
    {
        w.slot->waiter = nullptr;
        w.slot = nullptr;
    }
}

ASIO_FS_DECL void semaphore_state::take_all(semaphore_queue& into) noexcept
{
    for (semaphore_waiter& w : waiters_)
        forget_slot(w);
    into.splice(into.end(), waiters_);
}

ASIO_FS_DECL void semaphore_state::drop(semaphore_queue& waiters) noexcept
{
    waiters.clear_and_dispose([](semaphore_waiter* w) { w->fn->destroy(*w); });
}

} // namespace asio_fs::detail

#endif
