// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_OPENABLE_OBJECT_HPP
#define ASIO_FS_BASIC_OPENABLE_OBJECT_HPP

#include <asio_fs/basic_descriptor_object.hpp>
#include <asio_fs/detail/opening.hpp>
#include <asio_fs/detail/upper_layer.hpp>
#include <asio_fs/op/openat.hpp>
#include <asio_fs/op/openat2.hpp>

#include <memory>
#include <utility>

namespace asio_fs {

/// What files and directories have in common: they are opened by a path, also asynchronously, and may be the
/// lower layer of another I/O object.
/**
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
template <class Executor = asio::any_io_executor>
class basic_openable_object : public basic_descriptor_object<Executor>
{
    using base = basic_descriptor_object<Executor>;

public:
    using typename base::executor_type;
    using typename base::native_handle_type;

    /// Asks all asynchronous operations started on this object to finish early, opens and those of an upper
    /// layer included.
    void cancel()
    {
        base::cancel();
        if (anchor_)
            anchor_->service.cancel(*anchor_->pending);
        if (layer_)
            layer_->cancel();
    }

    /// Asks all asynchronous operations started on this object to finish early.
    void cancel(error_code& ec)
    {
        cancel();
        ec.clear();
    }

    /// Closes the descriptor: close(2). Opens in flight are abandoned.
    /**
     * The rest is said at basic_descriptor_object::close().
     */
    void close()
    {
        let_go();
        base::close();
    }

    /// Closes the descriptor: close(2). Opens in flight are abandoned.
    void close(error_code& ec)
    {
        let_go();
        base::close(ec);
    }

    /// Closes the descriptor without blocking: close(2). Opens in flight are abandoned.
    /**
     * The rest is said at basic_descriptor_object::async_close().
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_close(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return asio::async_initiate<Token, void(error_code)>(initiate_close{this}, token);
    }

    /// Gives the descriptor up without closing it. Opens in flight are abandoned.
    /**
     * The rest is said at basic_descriptor_object::release().
     */
    native_handle_type release()
    {
        let_go();
        return base::release();
    }

    /// Gives the descriptor up without closing it.
    native_handle_type release(error_code& ec)
    {
        let_go();
        return base::release(ec);
    }

protected:
    explicit basic_openable_object(const executor_type& ex) : base(ex) {}

    basic_openable_object(const executor_type& ex, native_handle_type fd) : base(ex, fd) {}

    basic_openable_object(basic_openable_object&& other) noexcept
        : base(std::move(other)), anchor_(std::move(other.anchor_)), layer_(std::move(other.layer_))
    {
        hold_anchor();
    }

    // An upper layer has the other executor's type, and does not come along.
    template <class Executor1>
    explicit basic_openable_object(basic_openable_object<Executor1>&& other)
        : base(other.without_layer()), anchor_(std::move(other.anchor_))
    {
        hold_anchor();
    }

    basic_openable_object& operator=(basic_openable_object&& other) noexcept
    {
        if (this != &other)
        {
            let_go();
            base::operator=(std::move(other));
            anchor_ = std::move(other.anchor_);
            layer_ = std::move(other.layer_);
            hold_anchor();
        }
        return *this;
    }

    template <class Executor1>
    basic_openable_object& operator=(basic_openable_object<Executor1>&& other)
    {
        let_go();
        base::operator=(other.without_layer());
        anchor_ = std::move(other.anchor_);
        hold_anchor();
        return *this;
    }

    /// Cancels what is in flight and closes the descriptor.
    ~basic_openable_object() { let_go(); }

    // Opens by a path as any process does, relative to the current directory, or with limits. Refuses first,
    // because opening may create or truncate.
    void open_path(path_string path, open_flags how, mode_t mode, error_code& ec)
    {
        open_by(op::openat{AT_FDCWD, std::move(path), how, mode}, ec);
    }

    void open_path(path_string path, open_flags how, mode_t mode, resolve_flags resolve, error_code& ec)
    {
        open_by(op::openat2(AT_FDCWD, std::move(path), how, mode, resolve), ec);
    }

    void open_path(path_string path, open_flags how, mode_t mode)
    {
        open_by(op::openat{AT_FDCWD, std::move(path), how, mode});
    }

    void open_path(path_string path, open_flags how, mode_t mode, resolve_flags resolve)
    {
        open_by(op::openat2(AT_FDCWD, std::move(path), how, mode, resolve));
    }

    template <class Token>
    auto async_open_path(path_string path, open_flags how, mode_t mode, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code)>(
            initiate_open{this}, token, op::openat{AT_FDCWD, std::move(path), how, mode});
    }

    template <class Token>
    auto async_open_path(path_string path, open_flags how, mode_t mode, resolve_flags resolve, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code)>(
            initiate_open{this}, token, op::openat2(AT_FDCWD, std::move(path), how, mode, resolve));
    }

    // Another I/O object over the same descriptor, which is gone before the descriptor is.
    std::unique_ptr<detail::upper_layer>& layer() noexcept { return layer_; }

private:
    template <class>
    friend class basic_openable_object;

    template <class Op>
    void open_by(Op op, error_code& ec)
    {
        if (this->is_open())
        {
            ec = asio::error::already_open;
            return;
        }
        unique_fd fd = detail::run(std::move(op), ec);
        if (!ec)
            this->assign(fd.get(), ec);
        if (!ec)
            fd.release();
    }

    template <class Op>
    void open_by(Op op)
    {
        if (this->is_open())
            throw system_error(asio::error::already_open, Op::info.name);
        unique_fd fd = detail::run(std::move(op));
        this->assign(fd.get());
        fd.release();
    }

    class initiate_close
    {
    public:
        using executor_type = Executor;

        explicit initiate_close(basic_openable_object* object) noexcept : self_(object) {}
        const executor_type& get_executor() const noexcept { return self_->get_executor(); }

        template <class Handler>
        void operator()(Handler&& handler) const
        {
            self_->let_go();
            self_->base::async_close(std::forward<Handler>(handler));
        }

    private:
        basic_openable_object* self_;
    };

    class initiate_open
    {
    public:
        using executor_type = Executor;

        explicit initiate_open(basic_openable_object* object) noexcept : self_(object) {}
        const executor_type& get_executor() const noexcept { return self_->get_executor(); }

        template <class Handler, class Op>
        void operator()(Handler&& handler, Op&& op) const
        {
            using operation = std::decay_t<Op>;
            using handler_type = detail::open_handler<std::decay_t<Handler>>;
            const bool refused = self_->is_open();
            const detail::open_anchor_ptr& anchor = self_->anchor();
            detail::start_handler_op(anchor->service, self_->get_executor(), anchor->pending,
                detail::descriptor_ptr(),
                detail::open_for_object<operation>(operation(std::forward<Op>(op)), refused),
                detail::take_result<operation>(),
                handler_type(std::decay_t<Handler>(std::forward<Handler>(handler)), anchor, refused));
        }

    private:
        basic_openable_object* self_;
    };

    static void assign_to(void* object, int fd, error_code& ec)
    {
        static_cast<basic_openable_object*>(object)->assign(fd, ec);
    }

    const detail::open_anchor_ptr& anchor()
    {
        if (!anchor_)
            anchor_ = std::make_shared<detail::open_anchor>(detail::get_engine(this->get_executor()), this,
                &assign_to);
        return anchor_;
    }

    void hold_anchor() noexcept
    {
        if (anchor_)
        {
            anchor_->object = this;
            anchor_->assign = &assign_to;
        }
    }

    void let_go() noexcept
    {
        layer_.reset();
        if (anchor_)
            std::exchange(anchor_, nullptr)->abandon();
    }

    basic_openable_object&& without_layer() noexcept
    {
        layer_.reset();
        return std::move(*this);
    }

    detail::open_anchor_ptr anchor_;
    std::unique_ptr<detail::upper_layer> layer_;
};

} // namespace asio_fs

#endif
