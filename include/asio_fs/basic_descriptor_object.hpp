// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_DESCRIPTOR_OBJECT_HPP
#define ASIO_FS_BASIC_DESCRIPTOR_OBJECT_HPP

#include <asio_fs/detail/get_engine.hpp>
#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/detail/run.hpp>
#include <asio_fs/op/close.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <utility>

namespace asio_fs {

/// What files and directories have in common: an executor and a file descriptor.
/**
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
template <class Executor = asio::any_io_executor>
class basic_descriptor_object
{
public:
    /// The type of the executor associated with the object.
    using executor_type = Executor;

    /// The native representation: a file descriptor.
    using native_handle_type = int;

    basic_descriptor_object(const basic_descriptor_object&) = delete;
    basic_descriptor_object& operator=(const basic_descriptor_object&) = delete;

    /// The executor on which handlers run that have none of their own.
    const executor_type& get_executor() const noexcept { return executor_; }

    /// Whether the object holds an open descriptor.
    bool is_open() const noexcept { return descriptor_->fd >= 0 && !descriptor_->closed; }

    /// The descriptor, for use with system calls; -1 when closed. It still belongs to the object.
    native_handle_type native_handle() const noexcept { return is_open() ? descriptor_->fd : -1; }

    /// Takes over an open descriptor, which the object will close.
    /**
     * @param fd an open descriptor
     * @throws system_error already_open when the object is open
     */
    void assign(const native_handle_type& fd)
    {
        error_code ec;
        assign(fd, ec);
        if (ec)
            throw system_error(ec, "assign");
    }

    /// Takes over an open descriptor, which the object will close.
    void assign(const native_handle_type& fd, error_code& ec)
    {
        if (is_open())
            ec = asio::error::already_open;
        else if (fd < 0)
            ec = asio::error::bad_descriptor;
        else
        {
            descriptor_ = new detail::descriptor(fd, engine_);
            ec.clear();
        }
    }

    /// Gives the descriptor up without closing it: the caller owns it from here on.
    /**
     * Operations in flight are cancelled and complete with operation_aborted. As long as the kernel still works on
     * one, the number must not be used again; then the caller gets a duplicate (dup(2)) that shares the open file.
     *
     * @returns the descriptor, or -1 if the object was closed
     * @throws system_error EMFILE when a duplicate was needed and the process has no descriptor left; the object
     * is unchanged then
     */
    native_handle_type release()
    {
        error_code ec;
        const native_handle_type fd = release(ec);
        if (ec)
            throw system_error(ec, "release");
        return fd;
    }

    /// Gives the descriptor up without closing it: the caller owns it from here on.
    native_handle_type release(error_code& ec)
    {
        ec.clear();
        if (!is_open())
            return -1;
        engine_->cancel(*descriptor_);
        int fd = engine_->release(*descriptor_);
        if (fd < 0)
        {
            fd = ::fcntl(native_handle(), F_DUPFD_CLOEXEC, 0);
            if (fd < 0)
            {
                ec = error_code(errno, boost::system::system_category());
                return -1;
            }
            engine_->close(*descriptor_);
        }
        descriptor_ = closed_descriptor();
        return fd;
    }

    /// Asks all asynchronous operations started on this object to finish early.
    /**
     * Those that do complete with operation_aborted. An operation that has passed its point of no return completes
     * with its own result.
     */
    void cancel()
    {
        if (is_open())
            engine_->cancel(*descriptor_);
    }

    /// Asks all asynchronous operations started on this object to finish early.
    void cancel(error_code& ec)
    {
        cancel();
        ec.clear();
    }

    /// Closes the descriptor: close(2).
    /**
     * Operations in flight are cancelled. The kernel gets the number back when the last operation that names it is
     * over, so none of them can reach a file opened later; an error of that late close(2) is lost. To learn it,
     * use async_close().
     *
     * @throws system_error with the error of close(2). The object is closed all the same.
     */
    void close()
    {
        error_code ec;
        close(ec);
        if (ec)
            throw system_error(ec, "close");
    }

    /// Closes the descriptor: close(2).
    void close(error_code& ec)
    {
        ec.clear();
        if (!is_open())
            return;
        if (const int error = engine_->close(*descriptor_))
            ec = error_code(error, boost::system::system_category());
        descriptor_ = closed_descriptor();
    }

    /// Closes the descriptor without blocking, however long the file system takes: close(2).
    /**
     * Operations in flight are cancelled; the descriptor is closed when the last of them is over. The object is
     * closed, and can be opened again, as soon as the operation is started: when this function returns, or, with
     * a lazy token such as asio::deferred, later. Then it is the descriptor of the time of the call that is closed,
     * whichever object holds it by now; if it has been closed or released meanwhile, nothing is.
     *
     * @param token any completion token
     * @par Completion Signature
     * `void(error_code)`: the error of close(2), for example EIO or ENOSPC from a network file system;
     * bad_descriptor when the object was closed already
     * @par Per-Operation Cancellation
     * None: a descriptor must be closed.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_close(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(start(), op::close{native_handle()}, std::forward<Token>(token));
    }

protected:
    explicit basic_descriptor_object(const executor_type& ex)
        : executor_(ex), engine_(&engine_of(executor_)), descriptor_(closed_descriptor())
    {
    }

    basic_descriptor_object(const executor_type& ex, native_handle_type fd) : basic_descriptor_object(ex)
    {
        assign(fd);
    }

    basic_descriptor_object(basic_descriptor_object&& other) noexcept
        : executor_(other.executor_),
          engine_(other.engine_),
          descriptor_(std::exchange(other.descriptor_, closed_descriptor()))
    {
    }

    template <class Executor1>
    explicit basic_descriptor_object(basic_descriptor_object<Executor1>&& other)
        : executor_(other.executor_),
          engine_(other.engine_),
          descriptor_(std::exchange(other.descriptor_, closed_descriptor()))
    {
    }

    basic_descriptor_object& operator=(basic_descriptor_object&& other) noexcept
    {
        if (this != &other)
            take(other);
        return *this;
    }

    template <class Executor1>
    basic_descriptor_object& operator=(basic_descriptor_object<Executor1>&& other)
    {
        take(other);
        return *this;
    }

    /// Cancels what is in flight and closes the descriptor, as close() does.
    ~basic_descriptor_object()
    {
        error_code ignored;
        close(ignored);
    }

    // What an operation on this object needs to start. The second descriptor is kept open as well.
    detail::initiation<Executor> start() const noexcept { return {executor_, *engine_, descriptor_}; }

    template <class Executor1>
    detail::initiation<Executor> start(const basic_descriptor_object<Executor1>& other) const noexcept
    {
        return {executor_, *engine_, descriptor_, other.descriptor_};
    }

    // Another I/O object over the descriptor of an open object; it moves with the descriptor, and is gone before it.
    std::unique_ptr<detail::upper_layer>& layer() const noexcept { return descriptor_->layer; }

    void drop_layer() const noexcept { descriptor_->drop_layer(); }

    // The synchronous forms. A closed object is an error of its own: with an absolute path, the kernel would not
    // even look at the directory's descriptor.
    template <class Op>
    typename Op::result_type run(Op op, error_code& ec) const
    {
        if (is_open() && other_is_open(op))
            return detail::run(std::move(op), ec);
        ec = asio::error::bad_descriptor;
        if constexpr (!std::is_void_v<typename Op::result_type>)
            return typename Op::result_type{};
    }

    template <class Op>
    typename Op::result_type run(Op op) const
    {
        if (!is_open() || !other_is_open(op))
            throw system_error(asio::error::bad_descriptor, detail::describe(op));
        return detail::run(std::move(op));
    }

private:
    template <class>
    friend class basic_descriptor_object;

    // Said here, not for the class: clang reports every derived class of one that is wrong.
    static detail::engine& engine_of(const executor_type& ex)
    {
        if constexpr (detail::io_executor<Executor>)
            return detail::get_engine(ex);
        else
            static_assert(detail::io_executor<Executor>,
                "asio_fs needs an executor that belongs to an execution context, as io_context's does");
    }

    template <class Op>
    static bool other_is_open(Op& op) noexcept
    {
        if constexpr (requires { op.other_fd(); })
            return op.other_fd() >= 0;
        else
            return true;
    }

    template <class Executor1>
    void take(basic_descriptor_object<Executor1>& other)
    {
        error_code ignored;
        close(ignored);
        executor_ = other.executor_;
        engine_ = other.engine_;
        descriptor_ = std::exchange(other.descriptor_, closed_descriptor());
    }

    // What every closed object points to: operations started on it find it closed.
    static const detail::descriptor_ptr& closed_descriptor()
    {
        static const detail::descriptor_ptr closed = [] {
            detail::descriptor_ptr d(new detail::descriptor(-1, nullptr));
            d->users = 0;
            d->closed = true;
            return d;
        }();
        return closed;
    }

    Executor executor_;
    detail::engine* engine_;
    detail::descriptor_ptr descriptor_;
};

} // namespace asio_fs

#endif
