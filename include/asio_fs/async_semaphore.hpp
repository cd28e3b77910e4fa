// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ASYNC_SEMAPHORE_HPP
#define ASIO_FS_ASYNC_SEMAPHORE_HPP

#include <asio_fs/detail/executor_of.hpp>
#include <asio_fs/detail/semaphore_op.hpp>
#include <asio_fs/detail/semaphore_service.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace asio_fs {

/// A number of permits that asynchronous operations wait for, first come, first served.
/**
 * Bounds how many of something are under way at once: open files, copies, bytes of buffers. Whoever asks for
 * more permits than there are waits, and everyone who asks later waits behind, even for fewer.
 *
 * <!-- snippet reference.cpp semaphore -->
 * @code
 * asio::awaitable<void> copy_one(asio_fs::async_semaphore& files, std::string from, std::string to)
 * {
 *     co_await files.async_acquire(2, asio::use_awaitable); // two descriptors
 *     asio_fs::semaphore_permit held(files, 2);
 *     co_await asio_fs::async_copy_file(files.get_executor(), from, to, {}, asio::use_awaitable);
 * }
 * @endcode
 *
 * Handlers are posted to their associated executor: none runs inside release() or cancel(), nor inside
 * async_acquire() unless its immediate executor asks for that.
 * An acquisition counts as work of that executor and of the semaphore's. When the semaphore is destroyed,
 * what waits completes with operation_aborted; when its execution context is, what waits is destroyed with
 * it.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: safe, but nobody may use one that is being destroyed.
 */
template <class Executor = asio::any_io_executor>
class basic_async_semaphore
{
public:
    /// The type of the executor associated with the object.
    using executor_type = Executor;

    /// The same type of object with another executor.
    template <class Executor1>
    struct rebind_executor
    {
        /// The type of that object.
        using other = basic_async_semaphore<Executor1>;
    };

    /// Makes a semaphore.
    /**
     * @param ex on which handlers run that have no executor of their own
     * @param permits how many there are at first
     */
    basic_async_semaphore(const executor_type& ex, std::size_t permits)
        : executor_(ex),
          state_(std::make_shared<detail::semaphore_state>(static_cast<std::ptrdiff_t>(permits)))
    {
        static_assert(
            requires { asio::query(ex, asio::execution::context); },
            "asio_fs needs an executor that belongs to an execution context, as io_context's does");
        asio::use_service<detail::semaphore_service>(
            static_cast<asio::execution_context&>(asio::query(executor_, asio::execution::context)))
            .add(*state_);
    }

    /// Makes a semaphore.
    /**
     * @param context on which handlers run that have no executor of their own
     * @param permits how many there are at first
     */
    template <detail::context_like Context>
    requires std::is_convertible_v<typename Context::executor_type, executor_type>
    basic_async_semaphore(Context& context, std::size_t permits)
        : basic_async_semaphore(executor_type(context.get_executor()), permits)
    {}

    basic_async_semaphore(const basic_async_semaphore&) = delete;
    basic_async_semaphore& operator=(const basic_async_semaphore&) = delete;

    /// Takes over the permits of another object, and what waits for them.
    /**
     * That one can only be assigned to or destroyed afterwards. As with the other moves, nobody may use it
     * meanwhile, and no semaphore_permit may refer to it.
     */
    basic_async_semaphore(basic_async_semaphore&& other) noexcept = default;

    /// Takes over the permits of an object with another executor, and what waits for them.
    template <class Executor1>
        requires std::is_convertible_v<Executor1, Executor>
    basic_async_semaphore(basic_async_semaphore<Executor1>&& other)
        : executor_(other.executor_), state_(std::move(other.state_))
    {}

    /// Completes what waits with operation_aborted, and takes over another object's permits.
    basic_async_semaphore& operator=(basic_async_semaphore&& other)
    {
        if (this != &other)
            take(other);
        return *this;
    }

    /// Completes what waits with operation_aborted, and takes over the permits of an object with another executor.
    template <class Executor1>
        requires std::is_convertible_v<Executor1, Executor>
    basic_async_semaphore& operator=(basic_async_semaphore<Executor1>&& other)
    {
        take(other);
        return *this;
    }

    /// Completes what waits with operation_aborted.
    ~basic_async_semaphore() { let_go(); }

    /// The executor on which handlers run that have none of their own.
    const executor_type& get_executor() const noexcept { return executor_; }

    /// How many permits can be had; negative while more were taken away by shrink() than have come back.
    std::ptrdiff_t available() const { return state_->available(); }

    /// How many acquisitions wait.
    std::size_t waiting() const { return state_->waiting(); }

    /// Takes permits if they can be had at once, ahead of nobody.
    /**
     * @param n how many
     * @returns whether it took them; false if there are fewer, or if others wait already
     */
    bool try_acquire(std::size_t n = 1) { return state_->try_acquire(n); }

    /// Waits for permits, and takes them.
    /**
     * @param n how many; may be more than there are, for release() may add some
     * @param token any completion token
     * @par Completion Signature
     * `void(error_code)`: success, and the permits are the handler's to release(); operation_aborted, and it
     * has none
     * @par Per-Operation Cancellation
     * terminal, partial, total: an acquisition that still waits completes with operation_aborted. One that
     * has its permits completes with success.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code))
                  Token = asio::default_completion_token_t<executor_type>>
    auto async_acquire(std::size_t n, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return asio::async_initiate<Token, void(error_code)>(
            detail::initiate_acquire<executor_type>(executor_, state_), token, n);
    }

    /// Waits for one permit, and takes it: `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code))
                  Token = asio::default_completion_token_t<executor_type>>
    auto async_acquire(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_acquire(std::size_t(1), std::forward<Token>(token));
    }

    /// Gives permits back, or adds new ones, and lets in those who wait for them.
    /**
     * @param n how many
     * @throws what an executor or an allocator of a handler throws while the handler is posted; that handler
     * is lost then
     */
    void release(std::size_t n = 1) { state_->release(n); }

    /// Takes permits away without waiting for them.
    /**
     * Permits that are in use stay so, but as many of those that come back are not given out again.
     * @param n how many
     */
    void shrink(std::size_t n) { state_->shrink(n); }

    /// Completes what waits with operation_aborted. Permits that were given out are not affected.
    void cancel() { state_->cancel(); }

private:
    template <class>
    friend class basic_async_semaphore;

    template <class Executor1>
    void take(basic_async_semaphore<Executor1>& other)
    {
        let_go();
        executor_ = other.executor_;
        state_ = std::move(other.state_);
    }

    void let_go()
    {
        if (!state_)
            return;
        detail::semaphore_service::remove(*state_);
        state_->close();
    }

    Executor executor_;
    std::shared_ptr<detail::semaphore_state> state_;
};

/// A semaphore for any executor.
using async_semaphore = basic_async_semaphore<>;

} // namespace asio_fs

#endif
