// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_HANDLER_OP_HPP
#define ASIO_FS_DETAIL_HANDLER_OP_HPP

#include <asio_fs/detail/canceller.hpp>
#include <asio_fs/detail/engine.hpp>
#include <asio_fs/detail/take_result.hpp>
#include <asio_fs/op/operation.hpp>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/recycling_allocator.hpp>
#if BOOST_VERSION >= 108200
#include <boost/asio/associated_immediate_executor.hpp>
#endif

#include <boost/assert/source_location.hpp>

#include <fcntl.h>

#include <cerrno>
#include <concepts>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace asio_fs::detail {

template <class Handler>
using handler_allocator_t = asio::associated_allocator_t<Handler, asio::recycling_allocator<void>>;

template <class Handler>
handler_allocator_t<Handler> handler_allocator(const Handler& handler) noexcept
{
    return asio::get_associated_allocator(handler, asio::recycling_allocator<void>());
}

// A handler and what it is to be called with. Of the handler's associations only the allocator is passed on: the
// engine has already chosen the executor.
template <class Handler, class T>
class completion
{
public:
    using allocator_type = handler_allocator_t<Handler>;

    completion(Handler&& handler, const error_code& ec, T&& value)
        : handler_(std::move(handler)), ec_(ec), value_(std::move(value))
    {
    }

    allocator_type get_allocator() const noexcept { return handler_allocator(handler_); }
    const Handler& handler() const noexcept { return handler_; }

    void operator()() { std::move(handler_)(ec_, std::move(value_)); }

private:
    Handler handler_;
    error_code ec_;
    T value_;
};

template <class Handler>
class completion<Handler, void>
{
public:
    using allocator_type = handler_allocator_t<Handler>;

    completion(Handler&& handler, const error_code& ec) : handler_(std::move(handler)), ec_(ec) {}

    allocator_type get_allocator() const noexcept { return handler_allocator(handler_); }
    const Handler& handler() const noexcept { return handler_; }

    void operator()() { std::move(handler_)(ec_); }

private:
    Handler handler_;
    error_code ec_;
};

// Brings a completion to the executor of its handler.
template <class Completion, class Executor>
class delivery
{
public:
    using allocator_type = typename Completion::allocator_type;

    delivery(Completion&& completion, asio::executor_work_guard<Executor>&& work)
        : completion_(std::move(completion)), work_(std::move(work))
    {
    }

    allocator_type get_allocator() const noexcept { return completion_.get_allocator(); }

    void operator()() { asio::dispatch(work_.get_executor(), std::move(completion_)); }

private:
    Completion completion_;
    asio::executor_work_guard<Executor> work_;
};

// From a turn: as a handler of the loop's own.
struct deliver_later
{
    template <class IoExecutor, class Completion, class Executor>
    void operator()(const IoExecutor& ex, Completion&& completion, asio::executor_work_guard<Executor>&& work) const
    {
        asio::defer(ex, delivery(std::move(completion), std::move(work)));
    }
};

#if BOOST_VERSION >= 108200

// A completion on its way through an immediate executor, which takes the place of the I/O executor: a handler that has
// no executor of its own runs there.
template <class Completion, class Immediate, class Executor>
class immediate_delivery
{
public:
    using allocator_type = typename Completion::allocator_type;

    immediate_delivery(Completion&& completion, const Immediate& here, const Executor& ex)
        : completion_(std::move(completion)), here_(here), work_(ex)
    {
    }

    allocator_type get_allocator() const noexcept { return completion_.get_allocator(); }

    void operator()()
    {
        if constexpr (std::is_same_v<Immediate, Executor>)
        {
            if (here_ == work_.get_executor())
                return completion_();
        }
        asio::dispatch(work_.get_executor(), std::move(completion_));
    }

private:
    Completion completion_;
    Immediate here_;
    asio::executor_work_guard<Executor> work_;
};

// From the initiating function: posted, unless the handler has an immediate executor that runs it in here.
struct deliver_immediately
{
    template <class IoExecutor, class Completion, class Executor>
    void operator()(const IoExecutor& ex, Completion&& completion, asio::executor_work_guard<Executor>&&) const
    {
        const auto here = asio::get_associated_immediate_executor(completion.handler(), ex);
        const auto there = asio::get_associated_executor(completion.handler(), here);
        asio::dispatch(here, immediate_delivery(std::move(completion), here, there));
    }
};

#else

// Boost has no immediate executors yet: always posted.
struct deliver_immediately
{
    template <class IoExecutor, class Completion, class Executor>
    void operator()(const IoExecutor& ex, Completion&& completion, asio::executor_work_guard<Executor>&& work) const
    {
        asio::post(ex, delivery(std::move(completion), std::move(work)));
    }
};

#endif

// An operation in flight together with its handler, in memory from the handler's allocator. Asio's handler tracking
// knows it by its name.
template <op::operation Op, class Finish, class Handler, class IoExecutor>
class handler_op final : public async_op BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER
{
    using result_type = typename Finish::result_type;
    using handler_executor = asio::associated_executor_t<Handler, IoExecutor>;
    using allocator = typename std::allocator_traits<handler_allocator_t<Handler>>::template rebind_alloc<handler_op>;

    Op op_;
    Finish finish_;
    Handler handler_;
    // Both contexts have work until the handler has been handed over.
    asio::executor_work_guard<IoExecutor> io_work_;
    asio::executor_work_guard<handler_executor> handler_work_;

    handler_op(const IoExecutor& ex, Op&& op, Finish&& finish, Handler&& handler)
        : async_op(table),
          op_(std::move(op)),
          finish_(std::move(finish)),
          handler_(std::move(handler)),
          io_work_(ex),
          handler_work_(asio::get_associated_executor(handler_, ex))
    {
    }

    ~handler_op() = default;

    static handler_op& self(async_op& base) noexcept { return static_cast<handler_op&>(base); }

    static void free(handler_op& op) noexcept
    {
        allocator a(handler_allocator(op.handler_));
        op.~handler_op();
        std::allocator_traits<allocator>::deallocate(a, &op, 1);
    }

    static int do_attempt(async_op& base) noexcept
    {
        if constexpr (requires(Op& op) { op.attempt(); })
            return self(base).op_.attempt();
        else
            return -EAGAIN;
    }

    static void do_prepare(async_op& base, io_uring_sqe& sqe) noexcept
    {
        if constexpr (op::ring_operation<Op>)
        {
            Op& op = self(base).op_;
            if constexpr (requires { op.prepare_registered(sqe, 0); })
            {
                // Buffers are registered with the ring of the object's engine; an operation may have no object.
                const int slot = base.file ? op.buffers.registered_slot(base.file->owner) : -1;
                if (slot >= 0)
                    return op.prepare_registered(sqe, slot);
            }
            op.prepare(sqe);
        }
    }

    static int do_perform(async_op& base) noexcept
    {
        handler_op& o = self(base);
        o.started = true;
        for (;;)
        {
            if (o.cancel_requested.load(std::memory_order_relaxed))
                return -ECANCELED;
            const int result = o.op_.syscall();
            if (result != -EINTR || !op::restartable<Op>())
                return result;
        }
    }

    static void do_interrupt(async_op& base) noexcept
    {
        if constexpr (requires(Op& op) { op.interrupt(); })
            self(base).op_.interrupt();
    }

    // The result is nobody's, or the operation never ran: what either owns is given back.
    void drop_result() noexcept
    {
        if (!started)
        {
            if constexpr (requires(Op& op) { op.abandon(); })
                op_.abandon();
        }
        else if (result >= 0)
        {
            if constexpr (requires(Op& op) { op.discard(0); })
                op_.discard(result);
        }
    }

    static void do_destroy(async_op& base) noexcept
    {
        self(base).drop_result();
        free(self(base));
    }

    static void do_complete(async_op& base) { self(base).template complete<deliver_later>(); }

    result_type make_value(error_code& ec)
    {
        if (!ec)
        {
            try
            {
                return finish_(op_, result);
            }
            catch (const std::bad_alloc&)
            {
                ec = error_code(ENOMEM, boost::system::system_category());
                drop_result();
            }
        }
        if constexpr (requires(Op& op) { { op.failed() } -> std::convertible_to<result_type>; })
            return op_.failed();
        else
            return finish_.none();
    }

    // The operation's memory is free before the handler, or anything it brings along, needs some.
    template <class Deliver, class Bind>
    void hand_over(Bind bind)
    {
        allocator a(handler_allocator(handler_));
        const auto io_work = std::move(io_work_);
        auto work = std::move(handler_work_);
        auto bound = bind(std::move(handler_));
        this->~handler_op();
        std::allocator_traits<allocator>::deallocate(a, this, 1);
        Deliver()(io_work.get_executor(), std::move(bound), std::move(work));
    }

    static constexpr functions table{Op::info, op::ring_operation<Op>, requires { Op::transfers_data; },
        op::restartable<Op>(), !requires(Op& op) { op.abandon(); }, requires { Op::waits_for_others; },
        requires(Op& op) { op.attempt(); } ? &do_attempt : nullptr, &do_prepare, &do_perform,
        &do_interrupt, &do_complete, &do_destroy};

public:
    static handler_op& create(const IoExecutor& ex, Op&& op, Finish&& finish, Handler&& handler)
    {
        allocator a(handler_allocator(handler));
        struct memory
        {
            allocator& a;
            handler_op* p;
            ~memory()
            {
                if (p)
                    std::allocator_traits<allocator>::deallocate(a, p, 1);
            }
        } m{a, std::allocator_traits<allocator>::allocate(a, 1)};
        handler_op& created = *new (m.p) handler_op(ex, std::move(op), std::move(finish), std::move(handler));
        m.p = nullptr;
        return created;
    }

    const Op& operation() const noexcept { return op_; }

    // What an exception made of the error will say of where it comes from.
    static constexpr boost::source_location where{"asio_fs", 1, Op::info.name};

    // The operation is over: gives its result to the handler.
    template <class Deliver>
    void complete()
    {
        BOOST_ASIO_HANDLER_COMPLETION((*this));
        error_code ec = op::error_of(op_, result);
        if (ec)
            ec.assign(ec, &where);
        if (!started)
            drop_result();
        if constexpr (std::is_void_v<result_type>)
        {
            if (!ec)
                finish_(op_, result);
            BOOST_ASIO_HANDLER_INVOCATION_BEGIN((ec));
            hand_over<Deliver>([&](Handler&& h) { return completion<Handler, void>(std::move(h), ec); });
        }
        else
        {
            result_type value = make_value(ec);
            BOOST_ASIO_HANDLER_INVOCATION_BEGIN((ec));
            hand_over<Deliver>([&](Handler&& h) {
                return completion<Handler, result_type>(std::move(h), ec, std::move(value));
            });
        }
        BOOST_ASIO_HANDLER_INVOCATION_END;
    }

    // Two objects on one context share its engine's lock. One of another context stays out of it: the operation gets a
    // descriptor of its own for the same open file. Returns 0 or -errno.
    int take_other(const descriptor_ptr& d, const engine& e) noexcept
    {
        if constexpr (requires(Op& op) { op.other_fd(); })
        {
            if (!d || d->owner == &e || d->closed)
            {
                other = d;
                return 0;
            }
            fds_to_close[1] = ::fcntl(d->fd, F_DUPFD_CLOEXEC, 0);
            op_.other_fd() = fds_to_close[1];
            return fds_to_close[1] < 0 ? -errno : 0;
        }
        else
            return 0;
    }
};

template <class Executor, class Op, class Finish, class Handler>
void start_handler_op(engine& e, const Executor& ex, const descriptor_ptr& file, const descriptor_ptr& other, Op&& op,
    Finish&& finish, Handler&& handler)
{
    using operation = std::decay_t<Op>;
    using handler_type = std::decay_t<Handler>;
    using record = handler_op<operation, std::decay_t<Finish>, handler_type, Executor>;

    auto slot = asio::get_associated_cancellation_slot(handler);
    handler_type moved(std::forward<Handler>(handler));
    record& o = record::create(ex, operation(std::forward<Op>(op)), std::decay_t<Finish>(std::forward<Finish>(finish)),
        std::move(moved));
    struct guard
    {
        record* o;
        ~guard()
        {
            if (o)
                o->fn->destroy(*o);
        }
    } guard{&o};
    o.file = file;
    BOOST_ASIO_HANDLER_CREATION((static_cast<asio::execution_context&>(asio::query(ex, asio::execution::context)), o,
        "asio_fs", file.get(), file ? static_cast<unsigned>(file->fd) : 0u, operation::info.name));
    int early = op::valid(o.operation()) ? 0 : -EINVAL;
    if (early == 0)
        early = o.take_other(other, e);
    constexpr bool closing = requires(operation& c) { c.abandon(); };
    if constexpr (!closing)
    {
        if (slot.is_connected())
            slot.template emplace<canceller>(e, o);
    }
    guard.o = nullptr;
    bool over;
    if constexpr (closing)
        over = e.start_close(o);
    else
        over = e.start(o, early);
    if (over)
        o.template complete<deliver_immediately>();
}

} // namespace asio_fs::detail

#endif
