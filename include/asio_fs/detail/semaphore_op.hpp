// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SEMAPHORE_OP_HPP
#define ASIO_FS_DETAIL_SEMAPHORE_OP_HPP

#include <asio_fs/detail/handler_op.hpp>
#include <asio_fs/detail/semaphore_state.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/query.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace asio_fs::detail {

// From release() and cancel(): posted to the handler's executor.
struct deliver_by_post
{
    template <class IoExecutor, class Completion, class Executor>
    void operator()(const IoExecutor&, Completion&& completion, asio::executor_work_guard<Executor>&& work) const
    {
        asio::post(work.get_executor(), std::move(completion));
    }
};

// An acquisition together with its handler, in memory from the handler's allocator. Asio's handler tracking knows it
// as "acquire".
template <class Handler, class IoExecutor>
class semaphore_op final : public semaphore_waiter BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER
{
    using handler_executor = asio::associated_executor_t<Handler, IoExecutor>;
    using allocator =
        typename std::allocator_traits<handler_allocator_t<Handler>>::template rebind_alloc<semaphore_op>;
    using traits = std::allocator_traits<allocator>;

    Handler handler_;
    // Both contexts have work until the handler has been handed over.
    asio::executor_work_guard<IoExecutor> io_work_;
    asio::executor_work_guard<handler_executor> handler_work_;

    semaphore_op(const IoExecutor& ex, std::size_t n, Handler&& handler)
        : semaphore_waiter(table, n), handler_(std::move(handler)), io_work_(ex),
          handler_work_(asio::get_associated_executor(handler_, ex))
    {}

    ~semaphore_op() = default;

    static void do_complete(semaphore_waiter& base, const error_code& ec)
    {
        static_cast<semaphore_op&>(base).template complete<deliver_by_post>(ec);
    }

    // The memory is free before the handler, or anything it brings along, needs some.
    template <class Deliver>
    void hand_over(const error_code& ec)
    {
        allocator a(handler_allocator(handler_));
        const auto io_work = std::move(io_work_);
        auto work = std::move(handler_work_);
        completion<Handler, void> bound(std::move(handler_), ec);
        this->~semaphore_op();
        traits::deallocate(a, this, 1);
        Deliver()(io_work.get_executor(), std::move(bound), std::move(work));
    }

    static void do_destroy(semaphore_waiter& base) noexcept
    {
        semaphore_op& o = static_cast<semaphore_op&>(base);
        allocator a(handler_allocator(o.handler_));
        o.~semaphore_op();
        traits::deallocate(a, &o, 1);
    }

    static constexpr functions table{&do_complete, &do_destroy};

public:
    static semaphore_op& create(const IoExecutor& ex, std::size_t n, Handler&& handler)
    {
        allocator a(handler_allocator(handler));
        struct memory
        {
            allocator& a;
            semaphore_op* p;
            ~memory()
            {
                if (p)
                    traits::deallocate(a, p, 1);
            }
        } m{a, traits::allocate(a, 1)};
        semaphore_op& created = *new (m.p) semaphore_op(ex, n, std::move(handler));
        m.p = nullptr;
        return created;
    }

    void destroy() noexcept { do_destroy(*this); }

    // The acquisition is over: gives its result to the handler.
    template <class Deliver>
    void complete(const error_code& ec)
    {
        BOOST_ASIO_HANDLER_COMPLETION((*this));
        BOOST_ASIO_HANDLER_INVOCATION_BEGIN((ec));
        hand_over<Deliver>(ec);
        BOOST_ASIO_HANDLER_INVOCATION_END;
    }
};

// Starts acquisitions. What the semaphore knows is shared, so a deferred one outlives it.
template <class Executor>
class initiate_acquire
{
public:
    using executor_type = Executor;

    initiate_acquire(const Executor& ex, std::shared_ptr<semaphore_state> state)
        : executor_(ex), state_(std::move(state))
    {}

    const executor_type& get_executor() const noexcept { return executor_; }

    template <class Handler>
    void operator()(Handler&& handler, std::size_t n) const
    {
        using handler_type = std::decay_t<Handler>;
        using record = semaphore_op<handler_type, Executor>;
        auto slot = asio::get_associated_cancellation_slot(handler);
        handler_type moved(std::forward<Handler>(handler));
        struct guard
        {
            record* o;
            ~guard()
            {
                if (o)
                    o->destroy();
            }
        } guard{&record::create(executor_, n, std::move(moved))};
        record& o = *guard.o;
        BOOST_ASIO_HANDLER_CREATION(
            (static_cast<asio::execution_context&>(asio::query(executor_, asio::execution::context)), o, "asio_fs",
                state_.get(), 0u, "acquire"));
        if (slot.is_connected())
            slot.template emplace<semaphore_canceller>(state_, o);
        guard.o = nullptr;
        error_code ec;
        if (state_->acquire(o, ec))
            o.template complete<deliver_immediately>(ec);
    }

private:
    Executor executor_;
    std::shared_ptr<semaphore_state> state_;
};

} // namespace asio_fs::detail

#endif
