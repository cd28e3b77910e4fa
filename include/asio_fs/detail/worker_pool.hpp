// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_WORKER_POOL_HPP
#define ASIO_FS_DETAIL_WORKER_POOL_HPP

#include <asio_fs/detail/async_op.hpp>
#include <asio_fs/detail/op_queue.hpp>

#include <chrono>
#include <memory>
#include <mutex>

namespace asio_fs::detail {

// Threads that run operations as system calls.
//
// As many threads as CPUs start on demand. A supervisor thread watches while all are busy and the queue is not
// empty, and starts another one, up to the limit, whenever a millisecond passes in which none took an
// operation: so a few calls blocked on a fifo or a hung mount delay nobody. Threads that wait for a lock do not
// count, because what gives it up may be in the queue. It also interrupts threads whose operation was cancelled,
// again and again, because a signal that arrives just before the system call is lost.
class worker_pool
{
public:
    // Called on a worker thread when an operation is over, without any lock.
    using done_function = void (*)(void* owner, async_op& op, int result);

    ASIO_FS_DECL worker_pool(unsigned max_threads, void* owner, done_function done);
    worker_pool(const worker_pool&) = delete;
    worker_pool& operator=(const worker_pool&) = delete;

    ASIO_FS_DECL ~worker_pool();

    // Throws std::system_error when not a single thread can be started.
    ASIO_FS_DECL void submit(async_op& op);

    // Takes an operation back that no thread has begun and returns true; else asks the thread that runs it to
    // give up and returns false.
    ASIO_FS_DECL bool withdraw(async_op& op) noexcept;

    // Ends the threads. Operations not begun are moved to `unstarted`. A thread that does not come back in time is
    // abandoned together with its operation, which nobody may free.
    ASIO_FS_DECL void stop(op_queue& unstarted, std::chrono::milliseconds timeout) noexcept;

    // Ends the threads as soon as they have done what they had begun, and gives back the rest. submit() starts new
    // ones. For fork(2), which threads do not survive.
    ASIO_FS_DECL void pause(op_queue& unstarted) noexcept;

private:
    struct state;
    ASIO_FS_DECL static void run(const std::shared_ptr<state>& s, worker& self);
    ASIO_FS_DECL static void supervise(const std::shared_ptr<state>& s);
    ASIO_FS_DECL static void start_thread(const std::shared_ptr<state>& s);
    ASIO_FS_DECL static void start_supervisor(const std::shared_ptr<state>& s);

    ASIO_FS_DECL void end_threads(std::unique_lock<std::mutex>& lock) noexcept;

    std::shared_ptr<state> state_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/worker_pool.ipp>
#endif

#endif
