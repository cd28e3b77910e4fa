// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_ENGINE_IPP
#define ASIO_FS_IMPL_ENGINE_IPP

#include <asio_fs/detail/canceller.hpp>
#include <asio_fs/detail/engine.hpp>
#include <asio_fs/detail/waits_inline.hpp>

#include <boost/asio/post.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <utility>

namespace asio_fs::detail {

// Runs a turn, with memory of the engine's own.
struct engine::turn_handler
{
    using allocator_type = fixed_allocator<void>;
    allocator_type get_allocator() const noexcept { return memory; }

    void operator()() { self->turn(); }

    // The ring's descriptor became readable, or watching it failed; a turn finds out what there is to do.
    void operator()(const error_code&)
    {
        {
            std::lock_guard lock(self->mutex_);
            self->wait_armed_ = false;
        }
        self->turn();
    }

    engine* self;
    allocator_type memory;
};

engine::engine(asio::execution_context& context, const engine_options& options)
    : asio::execution_context::service(context),
      options_(options),
      workers_(options.worker_threads, this, &engine::worker_done)
{
}

engine::~engine() = default;

void engine::attach(asio::io_context& context)
{
    std::lock_guard lock(mutex_);
    io_context_ = &context;
}

void engine::attach(const asio::any_io_executor& executor)
{
    std::lock_guard lock(mutex_);
    if (!executor_ && !io_context_ && !stopped_)
        executor_ = executor;
}

// -------------------------------------------------------------------------------------------------
// Starting

bool engine::start(async_op& op, int early)
{
    std::unique_lock lock(mutex_);
    if (stopped_)
    {
        // The context is being destroyed, and this comes from a handler's destructor.
        lock.unlock();
        op.close_unused();
        op.fn->destroy(op);
        return false;
    }
    if ((op.file && op.file->closed) || (op.other && op.other->closed))
        early = -EBADF;
    if (early < 0)
    {
        op.result = early;
        op.where = async_op::stage::done;
        forget_slot(op);
        lock.unlock();
        op.close_unused();
        return true;
    }
    all_.push_back(op);
    if (op.file)
        link(op);
    if (op.other)
        ++op.other->users;
    if ((op.fn->transfers_data && op.file) || (op.fn->attempt && !op.file))
    {
        op.where = async_op::stage::attempting;
        lock.unlock();
        const int result = attempt(op);
        lock.lock();
        op.started = result != -EAGAIN;
        if (op.started || op.cancel_requested)
        {
            retire(op, op.started ? result : -ECANCELED);
            lock.unlock();
            op.close_unused();
            return true;
        }
    }
    route(op);
    return false;
}

// Does it at once if that means no waiting, else -EAGAIN. Without locks.
int engine::attempt(async_op& op) noexcept
{
    using waiting = descriptor::inline_waiting;
    if (descriptor* const d = op.file.get(); d && d->waiting == waiting::unknown)
        d->waiting = waits_inline(d->fd, mounts_) ? waiting::possible : waiting::never;
    return op.fn->attempt && options_.attempt_inline == inline_policy::cached ? op.fn->attempt(op) : -EAGAIN;
}

bool engine::start_close(async_op& op)
{
    std::unique_lock lock(mutex_);
    descriptor& d = *op.file;
    if (d.closed)
    {
        op.result = -EBADF;
        op.started = true;   // the number may be somebody else's: not for the operation to give back
        return true;
    }
    if (stopped_)
    {
        // What hangs in the kernel for ever keeps its descriptor.
        d.closed = true;
        op.started = --d.users != 0;
        lock.unlock();
        op.fn->destroy(op);
        return false;
    }
    all_.push_back(op);
    d.closed = true;
    d.closer = &op;
    op.where = async_op::stage::waiting;
    cancel_all(d);
    drop_user(d);
    return false;
}

void engine::route(async_op& op)
{
    if (runs_on_ring(op.fn->info, op.fn->ring_capable))
    {
        op.where = async_op::stage::queued;
        pending_.push_back(op);
        schedule_turn();
        return;
    }
    op.where = async_op::stage::with_workers;
    try
    {
        workers_.submit(op);
    }
    catch (...)
    {
        finish(op, -EAGAIN);
        schedule_turn();
    }
}

bool engine::ring_ready()
{
    if (ring_state_ == ring_state::untried)
        open_ring();
    return ring_state_ == ring_state::up;
}

void engine::open_ring()
{
    ring_state_ = ring_state::refused;
    if (!options_.use_io_uring)
    {
        refuse_ring("io_uring is switched off by engine_options");
        return;
    }
    if (const int error = ring_.open(options_))
    {
        refuse_ring("the kernel refuses io_uring: ", std::strerror(error),
            error == EPERM    ? " (kernel.io_uring_disabled or a seccomp filter)"
            : error == ENOMEM ? " (RLIMIT_MEMLOCK)"
                              : "");
        return;
    }
    try
    {
        if (io_context_)
            ring_events_.emplace(*io_context_, ring_.native_handle());
        else
            ring_events_.emplace(executor_, ring_.native_handle());
    }
    catch (const std::exception& e)
    {
        refuse_ring("the executor's context cannot watch a descriptor: ", e.what());
        ring_.close();
        return;
    }
    ring_state_ = ring_state::up;
    register_all();
}

// In memory that is there: this comes in the middle of starting an operation.
void engine::refuse_ring(const char* text, const char* reason, const char* hint) noexcept
{
    std::snprintf(ring_refusal_, sizeof ring_refusal_, "%s%s%s", text, reason, hint);
}

bool engine::runs_on_ring(const op::op_info& info, bool ring_capable)
{
    return ring_capable && ring_ready() && ring_.supports(info.opcode);
}

const char* engine::not_on_ring(const op::op_info& info, bool ring_capable)
{
    std::lock_guard lock(mutex_);
    if (!ring_capable)
        return "io_uring has no such operation";
    if (!ring_ready())
        return ring_refusal_;
    return ring_.supports(info.opcode) ? nullptr : "this kernel's io_uring lacks the opcode";
}

// -------------------------------------------------------------------------------------------------
// Registered memory

void engine::add(buffer_registration& r)
{
    std::lock_guard ring_lock(ring_mutex_);
    std::lock_guard lock(mutex_);
    if (stopped_)
        return;
    if (ring_is_parents_)
        reopen_ring();
    registrations_.push_back(r);
    r.owner = this;
    if (ring_state_ == ring_state::up)
        r.slot = ring_.register_buffer(r.memory);
    else
        ring_ready();   // registers all there is
}

void engine::remove(buffer_registration& r) noexcept
{
    std::lock_guard ring_lock(ring_mutex_);
    std::lock_guard lock(mutex_);
    registrations_.erase(registrations_.iterator_to(r));
    r.owner = nullptr;
    if (const int slot = r.slot.exchange(-1); slot >= 0 && !ring_is_parents_)
        ring_.unregister_buffer(slot);
}

// A refusal is no error: the memory serves as it is.
void engine::register_all() noexcept
{
    for (buffer_registration& r : registrations_)
        r.slot = ring_.register_buffer(r.memory);
}

// -------------------------------------------------------------------------------------------------
// Descriptors

void engine::link(async_op& op) noexcept
{
    descriptor& d = *op.file;
    ++d.users;
    op.file_prev = nullptr;
    op.file_next = d.first_op;
    if (d.first_op)
        d.first_op->file_prev = &op;
    d.first_op = &op;
}

void engine::unlink(async_op& op) noexcept
{
    descriptor& d = *op.file;
    if (op.file_prev)
        op.file_prev->file_next = op.file_next;
    else if (d.first_op == &op)
        d.first_op = op.file_next;
    if (op.file_next)
        op.file_next->file_prev = op.file_prev;
}

// Returns the number to close when that was the last user and no operation does it.
int engine::drop_user(descriptor& d) noexcept
{
    if (--d.users != 0 || !d.closed)
        return -1;
    if (async_op* closer = std::exchange(d.closer, nullptr))
    {
        route(*closer);
        return -1;
    }
    return d.fd;
}

void engine::cancel(descriptor& d)
{
    std::lock_guard lock(mutex_);
    cancel_all(d);
}

void engine::cancel_all(descriptor& d) noexcept
{
    ++d.cancellations;
    for (async_op* op = d.first_op; op;)
        request_cancel(*std::exchange(op, op->file_next));
}

int engine::close(descriptor& d) noexcept
{
    int fd;
    {
        std::lock_guard lock(mutex_);
        d.closed = true;
        cancel_all(d);
        fd = drop_user(d);
    }
    // EINTR leaves the descriptor closed on Linux: never again.
    return fd >= 0 && ::close(fd) != 0 ? errno : 0;
}

int engine::release(descriptor& d) noexcept
{
    std::lock_guard lock(mutex_);
    if (d.users != 1)
        return -1;
    d.users = 0;
    d.closed = true;
    return d.fd;
}

// -------------------------------------------------------------------------------------------------
// Cancelling and finishing

void engine::cancel(canceller& c)
{
    std::lock_guard lock(mutex_);
    if (async_op* op = c.op.load(std::memory_order_relaxed))
        request_cancel(*op);
}

void engine::disarm(canceller& c) noexcept
{
    std::lock_guard lock(mutex_);
    if (async_op* op = c.op.exchange(nullptr, std::memory_order_relaxed))
        op->slot = nullptr;
}

void engine::request_cancel(async_op& op) noexcept
{
    if (!op.fn->cancellable || op.where == async_op::stage::done || op.cancel_requested.exchange(true))
        return;
    switch (op.where)
    {
    case async_op::stage::queued:
        pending_.erase(pending_.iterator_to(op));
        finish(op, -ECANCELED);
        break;
    case async_op::stage::in_ring:
        cancels_.push_back(op);
        op.cancel_queued = true;
        break;
    case async_op::stage::with_workers:
        if (!workers_.withdraw(op))
            return;
        finish(op, -ECANCELED);
        break;
    default:
        return;
    }
    schedule_turn();
}

// From here on the slot's owner may do with it what he likes.
void engine::forget_slot(async_op& op) noexcept
{
    if (canceller* const slot = std::exchange(op.slot, nullptr))
        slot->op.store(nullptr, std::memory_order_release);
}

void engine::finish(async_op& op, int result) noexcept
{
    retire(op, result);
    done_.push_back(op);
}

// The operation is over, and no longer among those that the engine knows.
void engine::retire(async_op& op, int result) noexcept
{
    op.result = result;
    op.where = async_op::stage::done;
    forget_slot(op);
    all_.erase(all_.iterator_to(op));
    // A close has no part in the count: it is what happens at zero.
    if (op.file && op.fn->cancellable)
    {
        unlink(op);
        op.fds_to_close[0] = drop_user(*op.file);
    }
    if (op.other)
        op.fds_to_close[1] = drop_user(*op.other);
}

// -------------------------------------------------------------------------------------------------
// Turns

void engine::schedule_turn()
{
    if (turn_scheduled_ || stopped_)
        return;
    turn_handler handler{this, turn_handler::allocator_type(turn_memory_)};
    if (io_context_)
        asio::post(io_context_->get_executor(), std::move(handler));
    else
        asio::post(executor_, std::move(handler));
    turn_scheduled_ = true;
}

// The ring's descriptor is watched exactly as long as the kernel holds something: the wait counts as work, and
// would keep run() from returning.
void engine::arm_wait()
{
    if (stopped_ || wait_armed_ == (in_ring_ != 0))
        return;
    if (wait_armed_)
    {
        error_code ignored;
        ring_events_->cancel(ignored);
        return;
    }
    wait_armed_ = true;
    ring_events_->async_wait(asio::posix::descriptor_base::wait_read,
        turn_handler{this, turn_handler::allocator_type(wait_memory_)});
}

void engine::turn()
{
    op_queue ops;
    {
        std::lock_guard ring_lock(ring_mutex_);
        pump_ring();
        std::lock_guard lock(mutex_);
        arm_wait();
        ops.swap(done_);
    }
    deliver(ops);
}

void engine::pump_ring()
{
    for (bool again = true; again;)
    {
        {
            std::lock_guard lock(mutex_);
            turn_scheduled_ = false;
            if (ring_is_parents_)
                reopen_ring();
            if (ring_state_ != ring_state::up || stopped_)
                return;
            again = fill_ring();
        }
        ring_.submit();
        std::lock_guard lock(mutex_);
        ring_.reap([&](void* op, int result) {
            again = true;
            if (op)
                ring_completed(*static_cast<async_op*>(op), result);
        });
        again = again && (!pending_.empty() || !cancels_.empty());
        // The kernel is out of memory for requests: come back, but let the loop do other things first.
        if (!again && (ring_.has_unsubmitted() || !cancels_.empty()))
            schedule_turn();
    }
}

// Moves what waits into the submission queue; true if there was anything.
bool engine::fill_ring() noexcept
{
    bool any = false;
    for (unsigned room = ring_.room(); room != 0; --room, any = true)
    {
        if (!cancels_.empty())
        {
            async_op& op = cancels_.front();
            cancels_.pop_front();
            op.cancel_queued = false;
            io_uring_prep_cancel(ring_.next_sqe(), &op, 0);
        }
        else if (!quiescing_ && !pending_.empty() && in_ring_ < ring_.capacity())
        {
            async_op& op = pending_.front();
            pending_.pop_front();
            io_uring_sqe* sqe = ring_.next_sqe();
            op.fn->prepare(op, *sqe);
            if (op.fn->transfers_data && op.file && op.file->waiting == descriptor::inline_waiting::possible)
                sqe->flags |= IOSQE_ASYNC;
            io_uring_sqe_set_data(sqe, &op);
            op.where = async_op::stage::in_ring;
            op.started = true;
            ++in_ring_;
        }
        else
            break;
    }
    return any;
}

void engine::ring_completed(async_op& op, int result) noexcept
{
    --in_ring_;
    if (op.cancel_queued)
    {
        op.cancel_queued = false;
        cancels_.erase(cancels_.iterator_to(op));
    }
    // The kernel cancels what a thread has submitted when that thread ends. Nobody asked for it: run it again.
    // Cancelled means never begun; a close that was interrupted half-way has closed and must not be repeated.
    if (is_interruption(result) && !op.cancel_requested && (result == -ECANCELED || op.fn->restartable))
    {
        route(op);
        return;
    }
    finish(op, result);
}

void engine::worker_done(void* self, async_op& op, int result)
{
    engine& e = *static_cast<engine*>(self);
    std::lock_guard lock(e.mutex_);
    e.finish(op, result);
    e.schedule_turn();
}

void engine::deliver(op_queue& ops)
{
    // A handler's executor may throw, and so may moving a handler: nothing else is lost by it.
    struct put_back
    {
        engine& self;
        op_queue& ops;
        ~put_back()
        {
            if (ops.empty())
                return;
            std::lock_guard lock(self.mutex_);
            self.done_.splice(self.done_.begin(), ops);
            self.schedule_turn();
        }
    } guard{*this, ops};

    while (!ops.empty())
    {
        async_op& op = ops.front();
        ops.pop_front();
        op.close_unused();
        op.fn->complete(op);
    }
}

} // namespace asio_fs::detail

#endif
