// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SEMAPHORE_STATE_HPP
#define ASIO_FS_DETAIL_SEMAPHORE_STATE_HPP

#include <asio_fs/detail/semaphore_waiter.hpp>

#include <boost/asio/cancellation_type.hpp>
#include <boost/intrusive/list_hook.hpp>

#include <cstddef>
#include <memory>
#include <mutex>

namespace asio_fs::detail {

class semaphore_service;

// What a semaphore is made of. Cancellation slots and deferred acquisitions share it, so they may outlive the
// semaphore. No handler, and nothing that a handler brings along, runs or is destroyed under the mutex.
class semaphore_state
{
public:
    explicit semaphore_state(std::ptrdiff_t permits) noexcept : permits_(permits) {}
    semaphore_state(const semaphore_state&) = delete;
    semaphore_state& operator=(const semaphore_state&) = delete;

    ASIO_FS_DECL std::ptrdiff_t available() const;
    ASIO_FS_DECL std::size_t waiting() const;
    ASIO_FS_DECL bool try_acquire(std::size_t n);
    ASIO_FS_DECL void release(std::size_t n);
    ASIO_FS_DECL void shrink(std::size_t n);

    // Takes over an acquisition: false. Or it is over at once, with `ec`: true, and it is the caller's again.
    ASIO_FS_DECL bool acquire(semaphore_waiter& w, error_code& ec);

    // Completes everything that waits with operation_aborted; when closed, everything that comes as well.
    ASIO_FS_DECL void cancel();
    ASIO_FS_DECL void close();

    // Per-operation cancellation.
    ASIO_FS_DECL void cancel(semaphore_canceller& c);
    ASIO_FS_DECL void disarm(semaphore_canceller& c) noexcept;

private:
    friend semaphore_service;

    // Hold the mutex.
    bool grantable(std::size_t n) const noexcept
    {
        return permits_ >= 0 && n <= static_cast<std::size_t>(permits_);
    }
    ASIO_FS_DECL static void forget_slot(semaphore_waiter& w) noexcept;
    ASIO_FS_DECL void take_all(semaphore_queue& into) noexcept;

    ASIO_FS_DECL void grant();
    ASIO_FS_DECL void cancel_all(bool closing);
    ASIO_FS_DECL static void drop(semaphore_queue& waiters) noexcept;

    mutable std::mutex mutex_;
    std::ptrdiff_t permits_; // negative: so many are taken away that their holders have yet to give back
    bool closed_ = false;
    semaphore_queue waiters_;
    semaphore_service* service_ = nullptr; // null once the context is gone
    boost::intrusive::list_member_hook<> service_hook_;
};

// What sits in a handler's cancellation slot. It and the waiter know each other; whichever goes first tells
// the other under the state's mutex, so a signal emitted too late, or a slot used again, reaches nothing.
class semaphore_canceller
{
public:
    semaphore_canceller(const std::shared_ptr<semaphore_state>& state, semaphore_waiter& w) noexcept
        : waiter(&w), state_(state)
    {
        w.slot = this;
    }
    semaphore_canceller(const semaphore_canceller&) = delete;
    semaphore_canceller& operator=(const semaphore_canceller&) = delete;
    ~semaphore_canceller() { state_->disarm(*this); }

    void operator()(asio::cancellation_type type)
    {
        using asio::cancellation_type;
        const cancellation_type any =
            cancellation_type::terminal | cancellation_type::partial | cancellation_type::total;
        if ((type & any) != cancellation_type::none)
        {
            // The completion may free this object with the handler's slot.
            const std::shared_ptr<semaphore_state> state = state_;
            state->cancel(*this);
        }
    }

    semaphore_waiter* waiter; // null once the acquisition is over

private:
    std::shared_ptr<semaphore_state> state_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/semaphore_state.ipp>
#endif

#endif
