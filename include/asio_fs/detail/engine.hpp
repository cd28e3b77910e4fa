// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_ENGINE_HPP
#define ASIO_FS_DETAIL_ENGINE_HPP

#include <asio_fs/detail/async_op.hpp>
#include <asio_fs/detail/buffer_registration.hpp>
#include <asio_fs/detail/descriptor.hpp>
#include <asio_fs/detail/fixed_memory.hpp>
#include <asio_fs/detail/mount_table.hpp>
#include <asio_fs/detail/op_queue.hpp>
#include <asio_fs/detail/ring.hpp>
#include <asio_fs/detail/worker_pool.hpp>
#include <asio_fs/engine_options.hpp>
#include <asio_fs/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <mutex>
#include <optional>

namespace asio_fs::detail {

class canceller;

// The service of an execution context that runs operations: on a ring of its own where the kernel has the
// opcode, on worker threads otherwise. The only place that knows io_uring.
//
// A turn is what it does on the loop, at most once per turn of the loop itself: hand the kernel what has been
// started since, take what is complete, pass each result to its handler's executor. A turn is posted when there
// is something to start, cancel or deliver; the ring's own descriptor, watched by Asio, brings one when the
// kernel has completed something.
//
// Locks: ring_mutex_ (the ring's queues) before mutex_ (lists and states) before the worker pool's own.
class engine : public asio::execution_context::service
{
public:
    using key_type = engine;
    static inline asio::execution_context::id id;

    explicit engine(asio::execution_context& context) : engine(context, engine_options()) {}
    ASIO_FS_DECL engine(asio::execution_context& context, const engine_options& options);
    ASIO_FS_DECL ~engine() override;

    // Tells the engine how to get onto its loop. The first one given stays.
    ASIO_FS_DECL void attach(asio::io_context& context);
    ASIO_FS_DECL void attach(const asio::any_io_executor& executor);

    // Starts an operation, which belongs to the engine from here on: false. Or its result is known at once, because
    // a negative `early` one is given, its descriptor is closed, or it was done without waiting: true, and it
    // belongs to the caller again.
    ASIO_FS_DECL bool start(async_op& op, int early = 0);

    // Per-operation cancellation.
    ASIO_FS_DECL void cancel(canceller& c);
    ASIO_FS_DECL void disarm(canceller& c) noexcept;

    // Cancels everything started on a descriptor.
    ASIO_FS_DECL void cancel(descriptor& d);

    // Lets go of a descriptor: cancels what was started on it and closes it as soon as nothing names it. Returns
    // the errno of close(2), 0 if that happens later.
    ASIO_FS_DECL int close(descriptor& d) noexcept;

    // The same by an operation, run when nothing else names the descriptor any more. True if it is closed already:
    // then the operation has its result, and belongs to the caller again.
    ASIO_FS_DECL bool start_close(async_op& op);

    // Lets go of a descriptor without closing it. -1 and nothing done when the number is still in use.
    ASIO_FS_DECL int release(descriptor& d) noexcept;

    // Where an operation of this kind runs: null for the ring, else the reason why it is not the ring.
    ASIO_FS_DECL const char* not_on_ring(const op::op_info& info, bool ring_capable);

    // Registers memory with the ring for as long as it is here, if there is a ring that takes it.
    ASIO_FS_DECL void add(buffer_registration& r);
    ASIO_FS_DECL void remove(buffer_registration& r) noexcept;

private:
    struct turn_handler;
    enum class ring_state : unsigned char { untried, up, refused };

    ASIO_FS_DECL void shutdown() override;
    ASIO_FS_DECL void notify_fork(asio::execution_context::fork_event event) override;

    // All of these hold mutex_.
    ASIO_FS_DECL bool ring_ready();
    ASIO_FS_DECL void open_ring();
    ASIO_FS_DECL void refuse_ring(const char* text, const char* reason = "", const char* hint = "") noexcept;
    ASIO_FS_DECL bool runs_on_ring(const op::op_info& info, bool ring_capable);
    ASIO_FS_DECL void route(async_op& op);
    ASIO_FS_DECL void request_cancel(async_op& op) noexcept;
    ASIO_FS_DECL void cancel_all(descriptor& d) noexcept;
    ASIO_FS_DECL static void forget_slot(async_op& op) noexcept;
    ASIO_FS_DECL void retire(async_op& op, int result) noexcept;
    ASIO_FS_DECL void finish(async_op& op, int result) noexcept;
    ASIO_FS_DECL int drop_user(descriptor& d) noexcept;
    ASIO_FS_DECL void link(async_op& op) noexcept;
    ASIO_FS_DECL void unlink(async_op& op) noexcept;
    ASIO_FS_DECL void schedule_turn();
    ASIO_FS_DECL void arm_wait();
    ASIO_FS_DECL void register_all() noexcept;
    ASIO_FS_DECL bool fill_ring() noexcept;
    ASIO_FS_DECL void ring_completed(async_op& op, int result) noexcept;

    ASIO_FS_DECL int attempt(async_op& op) noexcept;
    ASIO_FS_DECL void turn();
    ASIO_FS_DECL void pump_ring();
    ASIO_FS_DECL void deliver(op_queue& ops);
    ASIO_FS_DECL void reopen_ring();
    ASIO_FS_DECL void route_again();
    ASIO_FS_DECL void drain_ring(std::chrono::steady_clock::time_point deadline) noexcept;
    ASIO_FS_DECL static void worker_done(void* self, async_op& op, int result);

    const engine_options options_;
    mount_table mounts_;

    std::mutex ring_mutex_;
    ring ring_;

    std::mutex mutex_;
    all_ops all_;                              // every operation from start() until its result is known
    op_queue pending_;                         // waiting for a place in the ring
    cancel_queue cancels_;                     // in the ring, to be cancelled
    op_queue done_;                            // to be delivered
    boost::intrusive::list<buffer_registration> registrations_;
    unsigned in_ring_ = 0;
    ring_state ring_state_ = ring_state::untried;
    bool quiescing_ = false;                   // nothing goes into the ring: the process forks
    bool ring_is_parents_ = false;             // after fork(2) in the child
    bool turn_scheduled_ = false;
    bool wait_armed_ = false;
    bool stopped_ = false;
    char ring_refusal_[200] = "";              // why there is no ring

    asio::io_context* io_context_ = nullptr;   // the loop, when it is known to be an io_context
    asio::any_io_executor executor_;           // any other loop
    std::optional<asio::posix::stream_descriptor> ring_events_;
    fixed_memory turn_memory_;
    fixed_memory wait_memory_;

    worker_pool workers_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/engine.ipp>
#include <asio_fs/impl/engine_lifetime.ipp>
#endif

#endif
