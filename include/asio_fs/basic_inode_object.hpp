// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_INODE_OBJECT_HPP
#define ASIO_FS_BASIC_INODE_OBJECT_HPP

#include <asio_fs/basic_descriptor_object.hpp>
#include <asio_fs/detail/opening.hpp>
#include <asio_fs/detail/upper_layer.hpp>
#include <asio_fs/op/fchmod.hpp>
#include <asio_fs/op/fchown.hpp>
#include <asio_fs/op/fgetxattr.hpp>
#include <asio_fs/op/flistxattr.hpp>
#include <asio_fs/op/fremovexattr.hpp>
#include <asio_fs/op/fsetxattr.hpp>
#include <asio_fs/op/fsync.hpp>
#include <asio_fs/op/futimens.hpp>
#include <asio_fs/op/openat.hpp>
#include <asio_fs/op/statfs.hpp>
#include <asio_fs/op/statx.hpp>
#include <asio_fs/op/syncfs.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <utility>

namespace asio_fs {

/// What files and directories have in common: they are opened by a path and have the properties of an inode.
/**
 * Every operation has three forms: one that throws system_error, one that stores the error in an error_code,
 * and an asynchronous one that takes a completion token. The first two are a system call on the calling
 * thread.
 *
 * @par Asynchronous Forms
 * Arguments are copied, but memory that is read or written (buffers, a dir_batch) is borrowed and must stay
 * until the handler is called. On a closed object they complete with bad_descriptor. Any number of operations
 * may be in flight on one object, in no particular order. The object may be moved, closed or destroyed
 * meanwhile.
 *
 * @par Where They Run
 * "On the ring" means io_uring, or a worker thread where the kernel has no such opcode or refuses io_uring;
 * capabilities() tells. "On a worker thread" is for what io_uring does not offer.
 *
 * @par Per-Operation Cancellation
 * All types (terminal, partial, total) do the same: an operation that the kernel has not begun never happens
 * and completes with operation_aborted; one that waits (for the other end of a fifo, for a lock, for a
 * network file system that allows it) is interrupted; one that the kernel is carrying out completes with its
 * own result.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
template <class Executor = asio::any_io_executor>
class basic_inode_object : public basic_descriptor_object<Executor>
{
    using base = basic_descriptor_object<Executor>;

public:
    using typename base::executor_type;
    using typename base::native_handle_type;

    // -------------------------------------------------------------------------------------------------------
    // Descriptor

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

    /// Closes the descriptor, and abandons opens that are in flight: close(2). @see
    /// basic_descriptor_object::close
    void close()
    {
        let_go();
        base::close();
    }

    /// Closes the descriptor, and abandons opens that are in flight: close(2).
    void close(error_code& ec)
    {
        let_go();
        base::close(ec);
    }

    /// Closes the descriptor without blocking: close(2). @see basic_descriptor_object::async_close
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_close(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return asio::async_initiate<Token, void(error_code)>(initiate_close{this}, token);
    }

    /// Gives the descriptor up without closing it. @see basic_descriptor_object::release
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

    // -------------------------------------------------------------------------------------------------------
    // Properties of the inode

    /// Gets type, size, owner, times, ...: statx(2).
    /**
     * @param mask the fields that are needed; the file system may give fewer or more, see file_status::has()
     */
    file_status statx(statx_mask mask = statx_mask::basic_stats | statx_mask::btime)
    {
        return this->run(op::statx{this->native_handle(), {}, at_flags::empty_path, mask});
    }

    /// Gets type, size, owner, times, ...: statx(2).
    file_status statx(statx_mask mask, error_code& ec)
    {
        return this->run(op::statx{this->native_handle(), {}, at_flags::empty_path, mask}, ec);
    }

    /// Asynchronous form of statx().
    /**
     * `void(error_code, file_status)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_status)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_statx(statx_mask mask, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::statx{this->native_handle(), {}, at_flags::empty_path, mask},
            std::forward<Token>(token));
    }

    /// Gets type, size, owner, times, ...: statx(2).
    file_status statx(error_code& ec) { return statx(statx_mask::basic_stats | statx_mask::btime, ec); }

    /// Asynchronous form of statx(): `void(error_code, file_status)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_status)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_statx(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_statx(statx_mask::basic_stats | statx_mask::btime, std::forward<Token>(token));
    }

    /// Changes the permission bits: fchmod(2).
    /**
     * @param mode permission bits with set-user-ID, set-group-ID and the sticky bit; the umask does not apply
     * @throws system_error EPERM to all but the owner
     */
    void fchmod(mode_t mode) { this->run(op::fchmod{this->native_handle(), mode}); }

    /// Changes the permission bits: fchmod(2).
    void fchmod(mode_t mode, error_code& ec) { this->run(op::fchmod{this->native_handle(), mode}, ec); }

    /// Asynchronous form of fchmod().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fchmod(mode_t mode, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::fchmod{this->native_handle(), mode}, std::forward<Token>(token));
    }

    /// Changes owner and group: fchown(2).
    /**
     * The kernel clears set-user-ID, set-group-ID and capabilities of a file: set them afterwards.
     * @param uid new owner, or uid_t(-1) to leave it
     * @param gid new group, or gid_t(-1) to leave it
     * @throws system_error EPERM to the unprivileged
     */
    void fchown(uid_t uid, gid_t gid) { this->run(op::fchown{this->native_handle(), uid, gid}); }

    /// Changes owner and group: fchown(2).
    void fchown(uid_t uid, gid_t gid, error_code& ec)
    {
        this->run(op::fchown{this->native_handle(), uid, gid}, ec);
    }

    /// Asynchronous form of fchown().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fchown(uid_t uid, gid_t gid, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::fchown{this->native_handle(), uid, gid}, std::forward<Token>(token));
    }

    /// Sets access and modification time: futimens(3).
    /**
     * @param times in nanoseconds, with file_times::now and file_times::omit; file systems round and clamp in
     * silence
     */
    void futimens(const file_times& times) { this->run(op::futimens{this->native_handle(), times}); }

    /// Sets access and modification time: futimens(3).
    void futimens(const file_times& times, error_code& ec)
    {
        this->run(op::futimens{this->native_handle(), times}, ec);
    }

    /// Asynchronous form of futimens().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_futimens(const file_times& times,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::futimens{this->native_handle(), times}, std::forward<Token>(token));
    }

    /// Gets an extended attribute: fgetxattr(2).
    /**
     * @param name with its namespace, as in "user.comment"
     * @param value where the value goes; an empty buffer only asks for the size
     * @returns the size of the value in bytes
     * @throws system_error ENODATA if there is no such attribute, ERANGE if the buffer is too small, ENOTSUP
     */
    std::size_t fgetxattr(path_string name, const asio::mutable_buffer& value)
    {
        return this->run(op::fgetxattr{this->native_handle(), std::move(name), value});
    }

    /// Gets an extended attribute: fgetxattr(2).
    std::size_t fgetxattr(path_string name, const asio::mutable_buffer& value, error_code& ec)
    {
        return this->run(op::fgetxattr{this->native_handle(), std::move(name), value}, ec);
    }

    /// Asynchronous form of fgetxattr().
    /**
     * `void(error_code, std::size_t)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fgetxattr(path_string name, const asio::mutable_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fgetxattr{this->native_handle(), std::move(name), value},
            std::forward<Token>(token));
    }

    /// Sets an extended attribute: fsetxattr(2).
    /**
     * @param name with its namespace, as in "user.comment"
     * @param value the bytes
     * @param how whether the attribute may, or must, exist
     * @throws system_error EEXIST or ENODATA because of `how`, ENOSPC, ENOTSUP, EPERM
     */
    void fsetxattr(path_string name, const asio::const_buffer& value, xattr_flags how = xattr_flags::none)
    {
        this->run(op::fsetxattr{this->native_handle(), std::move(name), value, how});
    }

    /// Sets an extended attribute: fsetxattr(2).
    void fsetxattr(path_string name, const asio::const_buffer& value, xattr_flags how, error_code& ec)
    {
        this->run(op::fsetxattr{this->native_handle(), std::move(name), value, how}, ec);
    }

    /// Asynchronous form of fsetxattr().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fsetxattr(path_string name, const asio::const_buffer& value, xattr_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fsetxattr{this->native_handle(), std::move(name), value, how},
            std::forward<Token>(token));
    }

    /// Sets an extended attribute: fsetxattr(2).
    void fsetxattr(path_string name, const asio::const_buffer& value, error_code& ec)
    {
        fsetxattr(std::move(name), value, xattr_flags::none, ec);
    }

    /// Asynchronous form of fsetxattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fsetxattr(path_string name, const asio::const_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_fsetxattr(std::move(name), value, xattr_flags::none, std::forward<Token>(token));
    }

    /// Lists the extended attributes: flistxattr(2).
    /**
     * @param names where the names go, each with a NUL behind it: read them with xattr_names; an empty buffer
     * only asks for the size
     * @returns the size of the list in bytes
     * @throws system_error ERANGE if the buffer is too small
     */
    std::size_t flistxattr(const asio::mutable_buffer& names)
    {
        return this->run(op::flistxattr{this->native_handle(), names});
    }

    /// Lists the extended attributes: flistxattr(2).
    std::size_t flistxattr(const asio::mutable_buffer& names, error_code& ec)
    {
        return this->run(op::flistxattr{this->native_handle(), names}, ec);
    }

    /// Asynchronous form of flistxattr().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_flistxattr(const asio::mutable_buffer& names,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::flistxattr{this->native_handle(), names}, std::forward<Token>(token));
    }

    /// Removes an extended attribute: fremovexattr(2).
    /**
     * @throws system_error ENODATA if there is no such attribute
     */
    void fremovexattr(path_string name)
    {
        this->run(op::fremovexattr{this->native_handle(), std::move(name)});
    }

    /// Removes an extended attribute: fremovexattr(2).
    void fremovexattr(path_string name, error_code& ec)
    {
        this->run(op::fremovexattr{this->native_handle(), std::move(name)}, ec);
    }

    /// Asynchronous form of fremovexattr().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fremovexattr(path_string name,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fremovexattr{this->native_handle(), std::move(name)},
            std::forward<Token>(token));
    }

    /// Writes content and metadata to the device, and waits for it: fsync(2).
    /**
     * Of a directory: the names in it. An error is reported once, and the data may be lost then.
     * @throws system_error EIO, ENOSPC, EDQUOT
     */
    void fsync() { this->run(op::fsync{this->native_handle()}); }

    /// Writes content and metadata to the device, and waits for it: fsync(2).
    void fsync(error_code& ec) { this->run(op::fsync{this->native_handle()}, ec); }

    /// Asynchronous form of fsync().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fsync(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(), op::fsync{this->native_handle()}, std::forward<Token>(token));
    }

    /// Gets size, free space and kind of the file system: fstatfs(2).
    struct ::statfs statfs() { return this->run(op::statfs{this->native_handle()}); }

    /// Gets size, free space and kind of the file system: fstatfs(2).
    struct ::statfs statfs(error_code& ec) { return this->run(op::statfs{this->native_handle()}, ec); }

    /// Asynchronous form of statfs().
    /**
     * `void(error_code, struct ::statfs)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, struct ::statfs)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_statfs(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::statfs{this->native_handle()}, std::forward<Token>(token));
    }

    /// Writes the whole file system that holds the entry to its device: syncfs(2).
    void syncfs() { this->run(op::syncfs{this->native_handle()}); }

    /// Writes the whole file system that holds the entry to its device: syncfs(2).
    void syncfs(error_code& ec) { this->run(op::syncfs{this->native_handle()}, ec); }

    /// Asynchronous form of syncfs().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_syncfs(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::syncfs{this->native_handle()}, std::forward<Token>(token));
    }

protected:
    explicit basic_inode_object(const executor_type& ex) : base(ex) {}

    basic_inode_object(const executor_type& ex, native_handle_type fd) : base(ex, fd) {}

    basic_inode_object(basic_inode_object&& other) noexcept
        : base(std::move(other)), anchor_(std::move(other.anchor_)), layer_(std::move(other.layer_))
    {
        hold_anchor();
    }

    // An upper layer has the other executor's type, and does not come along.
    template <class Executor1>
    explicit basic_inode_object(basic_inode_object<Executor1>&& other)
        : base(other.without_layer()), anchor_(std::move(other.anchor_))
    {
        hold_anchor();
    }

    basic_inode_object& operator=(basic_inode_object&& other) noexcept
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
    basic_inode_object& operator=(basic_inode_object<Executor1>&& other)
    {
        let_go();
        base::operator=(other.without_layer());
        anchor_ = std::move(other.anchor_);
        hold_anchor();
        return *this;
    }

    /// Cancels what is in flight and closes the descriptor.
    ~basic_inode_object() { let_go(); }

    // Opens by a path as any process does, relative to the current directory. Refuses first, because opening
    // may create or truncate.
    void open_path(path_string path, open_flags how, mode_t mode, error_code& ec)
    {
        if (this->is_open())
        {
            ec = asio::error::already_open;
            return;
        }
        unique_fd fd = detail::run(op::openat{AT_FDCWD, std::move(path), how, mode}, ec);
        if (!ec)
            this->assign(fd.get(), ec);
        if (!ec)
            fd.release();
    }

    void open_path(path_string path, open_flags how, mode_t mode)
    {
        if (this->is_open())
            throw system_error(asio::error::already_open, "openat");
        unique_fd fd = detail::run(op::openat{AT_FDCWD, std::move(path), how, mode});
        this->assign(fd.get());
        fd.release();
    }

    template <class Token>
    auto async_open_path(path_string path, open_flags how, mode_t mode, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code)>(
            initiate_open{this}, token, op::openat{AT_FDCWD, std::move(path), how, mode});
    }

    // Another I/O object over the same descriptor, which is gone before the descriptor is.
    std::unique_ptr<detail::upper_layer>& layer() noexcept { return layer_; }

private:
    template <class>
    friend class basic_inode_object;

    class initiate_close
    {
    public:
        using executor_type = Executor;

        explicit initiate_close(basic_inode_object* object) noexcept : self_(object) {}
        const executor_type& get_executor() const noexcept { return self_->get_executor(); }

        template <class Handler>
        void operator()(Handler&& handler) const
        {
            self_->let_go();
            self_->base::async_close(std::forward<Handler>(handler));
        }

    private:
        basic_inode_object* self_;
    };

    class initiate_open
    {
    public:
        using executor_type = Executor;

        explicit initiate_open(basic_inode_object* object) noexcept : self_(object) {}
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
        basic_inode_object* self_;
    };

    static void assign_to(void* object, int fd, error_code& ec)
    {
        static_cast<basic_inode_object*>(object)->assign(fd, ec);
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

    basic_inode_object&& without_layer() noexcept
    {
        layer_.reset();
        return std::move(*this);
    }

    detail::open_anchor_ptr anchor_;
    std::unique_ptr<detail::upper_layer> layer_;
};

} // namespace asio_fs

#endif
