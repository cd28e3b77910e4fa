// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_ASYNC_OP_HPP
#define ASIO_FS_DETAIL_ASYNC_OP_HPP

#include <asio_fs/detail/descriptor.hpp>
#include <asio_fs/op/op_info.hpp>

#include <boost/intrusive/list_hook.hpp>

#include <unistd.h>

#include <atomic>
#include <utility>

struct io_uring_sqe;

namespace asio_fs::detail {

class canceller;
class worker;

// One asynchronous operation in flight, as the engine sees it. The memory is the handler's; from start() until
// complete() or destroy() it belongs to the engine.
class async_op
{
public:
    using hook = boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::normal_link>>;

    // Where the operation is. Guarded by the engine's mutex; a worker's steps by the pool's mutex as well.
    enum class stage : unsigned char
    {
        attempting,     // by the initiating function, without waiting
        waiting,        // for other operations on the descriptor to end (close)
        queued,         // for a place in the ring
        in_ring,        // the kernel has it
        with_workers,   // queued for or running on a worker thread
        done            // over; the result is known
    };

    // What differs from operation to operation.
    struct functions
    {
        op::op_info info;
        bool ring_capable;
        bool transfers_data;   // so the kernel may try it in the submitting thread
        bool restartable;      // may be run again after an interruption that nobody asked for
        bool cancellable;      // false for close, which must happen
        bool waits_for_others; // on a worker thread: until another operation ends it, perhaps
        int (*attempt)(async_op&) noexcept;    // null, or do it at once; -EAGAIN if that could mean waiting
        void (*prepare)(async_op&, io_uring_sqe&) noexcept;
        int (*perform)(async_op&) noexcept;
        void (*interrupt)(async_op&) noexcept;
        void (*complete)(async_op&);           // gives the result to the handler; the memory is gone
        void (*destroy)(async_op&) noexcept;   // drops handler and result; the memory is gone
    };

    const functions* fn;
    descriptor_ptr file;                       // the descriptor that the operation was started on, if any
    descriptor_ptr other;                      // a second one that it names
    canceller* slot = nullptr;                 // per-operation cancellation, while it is armed
    worker* runner = nullptr;                  // the thread that runs it; guarded by the pool's mutex
    bool in_worker_queue = false;              // no thread has begun it; guarded by the pool's mutex
    int result = 0;
    int fds_to_close[2] = {-1, -1};            // closed when it is over: it was their last user, or owned them
    stage where = stage::queued;
    bool started = false;                      // an attempt was made, so abandon() is out of place
    bool cancel_queued = false;                // in the list of cancellations to submit
    std::atomic<bool> cancel_requested{false};

    // To be called when it is over, without locks: close(2) may take its time.
    void close_unused() noexcept
    {
        for (int& fd : fds_to_close)
            if (fd >= 0)
                ::close(std::exchange(fd, -1));
    }

    hook queue_hook;                           // pending, worker or done queue
    hook all_hook;                             // every operation of the engine
    async_op* file_prev = nullptr;             // every operation of the descriptor
    async_op* file_next = nullptr;
    hook cancel_hook;                          // cancellations to submit

protected:
    explicit async_op(const functions& f) noexcept : fn(&f) {}
    ~async_op() = default;
};

} // namespace asio_fs::detail

#endif
