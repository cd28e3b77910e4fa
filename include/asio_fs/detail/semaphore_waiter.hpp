// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SEMAPHORE_WAITER_HPP
#define ASIO_FS_DETAIL_SEMAPHORE_WAITER_HPP

#include <asio_fs/error.hpp>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/list_hook.hpp>

#include <cstddef>

namespace asio_fs::detail {

class semaphore_canceller;

// An acquisition that has not completed, as the semaphore sees it. The memory is the handler's.
class semaphore_waiter
{
public:
    struct functions
    {
        void (*complete)(semaphore_waiter&, const error_code&); // posts the handler; the memory is gone
        void (*destroy)(semaphore_waiter&) noexcept;            // drops the handler; the memory is gone
    };

    const functions* fn;
    std::size_t permits;
    semaphore_canceller* slot = nullptr; // per-operation cancellation while it is armed; guarded by the state
    boost::intrusive::list_member_hook<> hook;

protected:
    semaphore_waiter(const functions& f, std::size_t n) noexcept : fn(&f), permits(n) {}
    ~semaphore_waiter() = default;
};

using semaphore_queue = boost::intrusive::list<
    semaphore_waiter,
    boost::intrusive::member_hook<semaphore_waiter, boost::intrusive::list_member_hook<>,
                                  &semaphore_waiter::hook>,
    boost::intrusive::constant_time_size<true>>;

} // namespace asio_fs::detail

#endif
