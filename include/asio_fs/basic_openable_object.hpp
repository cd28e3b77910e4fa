// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_OPENABLE_OBJECT_HPP
#define ASIO_FS_BASIC_OPENABLE_OBJECT_HPP

#include <asio_fs/basic_descriptor_object.hpp>
#include <asio_fs/detail/opening.hpp>
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
        if (anchor_ && anchor_->pending)
            anchor_->service.cancel(*anchor_->pending);
        if (this->layer())
            this->layer()->cancel();
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
        prepare_close();
        base::close();
    }

    /// Closes the descriptor: close(2). Opens in flight are abandoned.
    void close(error_code& ec)
    {
        prepare_close();
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
        return asio::async_initiate<Token, void(error_code)>(
            initiate_close(this->start(), anchor_ ? anchor_->pending : detail::descriptor_ptr()), token,
            op::close{this->native_handle()}, detail::take_result<op::close>());
    }

    /// Gives the descriptor up without closing it. Opens in flight are abandoned.
    /**
     * The rest is said at basic_descriptor_object::release().
     */
    native_handle_type release()
    {
        prepare_close();
        return base::release();
    }

    /// Gives the descriptor up without closing it.
    native_handle_type release(error_code& ec)
    {
        prepare_close();
        return base::release(ec);
    }

protected:
    explicit basic_openable_object(const executor_type& ex) : base(ex) {}

    basic_openable_object(const executor_type& ex, native_handle_type fd) : base(ex, fd) {}

    basic_openable_object(basic_openable_object&& other) noexcept
        : base(std::move(other)), anchor_(std::move(other.anchor_))
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
            initiate_open(this->get_executor(), anchor()), token,
            op::openat{AT_FDCWD, std::move(path), how, mode});
    }

    template <class Token>
    auto async_open_path(path_string path, open_flags how, mode_t mode, resolve_flags resolve, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code)>(
            initiate_open(this->get_executor(), anchor()), token,
            op::openat2(AT_FDCWD, std::move(path), how, mode, resolve));
    }

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

    // Knows what is to be closed, not the object: that may be elsewhere by the time of the start.
    class initiate_close
    {
    public:
        using executor_type = Executor;

        initiate_close(detail::initiation<Executor> start, detail::descriptor_ptr opens) noexcept
            : start_(std::move(start)), opens_(std::move(opens))
        {
        }

        const executor_type& get_executor() const noexcept { return start_.get_executor(); }

        template <class Handler, class Op, class Finish>
        void operator()(Handler&& handler, Op&& op, Finish&& finish) const
        {
            detail::abandon_opens(opens_);
            start_.file()->drop_layer();
            start_(std::forward<Handler>(handler), std::forward<Op>(op), std::forward<Finish>(finish));
        }

    private:
        detail::initiation<Executor> start_;
        detail::descriptor_ptr opens_;
    };

    // Finds the object through its anchor, for the same reason.
    class initiate_open
    {
    public:
        using executor_type = Executor;

        initiate_open(const Executor& ex, detail::open_anchor_ptr anchor) noexcept
            : executor_(ex), anchor_(std::move(anchor))
        {
        }

        const executor_type& get_executor() const noexcept { return executor_; }

        template <class Handler, class Op>
        void operator()(Handler&& handler, Op&& op) const
        {
            using operation = std::decay_t<Op>;
            using handler_type = detail::open_handler<std::decay_t<Handler>>;
            const error_code refusal = anchor_->refusal();
            const detail::descriptor_ptr pending = refusal ? detail::descriptor_ptr() : anchor_->start();
            detail::start_handler_op(anchor_->service, executor_, pending, detail::descriptor_ptr(),
                detail::open_for_object<operation>(operation(std::forward<Op>(op)), bool(refusal)),
                detail::take_result<operation>(),
                handler_type(
                    std::decay_t<Handler>(std::forward<Handler>(handler)), anchor_, pending, refusal));
        }

    private:
        Executor executor_;
        detail::open_anchor_ptr anchor_;
    };

    static bool is_open_now(const void* object) noexcept
    {
        return static_cast<const basic_openable_object*>(object)->is_open();
    }

    static void assign_to(void* object, int fd, error_code& ec)
    {
        static_cast<basic_openable_object*>(object)->assign(fd, ec);
    }

    static constexpr detail::open_anchor::functions functions{&is_open_now, &assign_to};

    const detail::open_anchor_ptr& anchor()
    {
        if (!anchor_)
            anchor_ = std::make_shared<detail::open_anchor>(
                detail::get_engine(this->get_executor()), this, functions);
        return anchor_;
    }

    void hold_anchor() noexcept
    {
        if (anchor_)
        {
            anchor_->object = this;
            anchor_->fn = &functions;
        }
    }

    // What the base's own way to close does not know of.
    void prepare_close() noexcept
    {
        this->drop_layer();
        if (anchor_)
            detail::abandon_opens(anchor_->pending);
    }

    // The object is destroyed, or becomes another one.
    void let_go() noexcept
    {
        prepare_close();
        if (anchor_)
            std::exchange(anchor_, nullptr)->object = nullptr;
    }

    basic_openable_object&& without_layer() noexcept
    {
        this->drop_layer();
        return std::move(*this);
    }

    detail::open_anchor_ptr anchor_;
};

} // namespace asio_fs

#endif
