// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_INODE_OBJECT_HPP
#define ASIO_FS_BASIC_INODE_OBJECT_HPP

#include <asio_fs/basic_openable_object.hpp>
#include <asio_fs/op/acl_get_fd.hpp>
#include <asio_fs/op/acl_set_fd.hpp>
#include <asio_fs/op/fchmod.hpp>
#include <asio_fs/op/fchown.hpp>
#include <asio_fs/op/fgetfilecon.hpp>
#include <asio_fs/op/fgetxattr.hpp>
#include <asio_fs/op/flistxattr.hpp>
#include <asio_fs/op/fremovexattr.hpp>
#include <asio_fs/op/fsetfilecon.hpp>
#include <asio_fs/op/fsetxattr.hpp>
#include <asio_fs/op/fsync.hpp>
#include <asio_fs/op/futimens.hpp>
#include <asio_fs/op/statfs.hpp>
#include <asio_fs/op/statx.hpp>
#include <asio_fs/op/syncfs.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace asio_fs {

/// What files and directories have in common: the properties of an inode.
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
 * capabilities() tells. "On a worker thread" is for what io_uring does not offer. A read whose data is in the
 * cache may be done at once by the initiating function, see engine_options; its handler is called later all
 * the same, unless it has an immediate executor (Boost 1.82) that runs it at once, as for errors that are known
 * in the initiating function.
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
class basic_inode_object : public basic_openable_object<Executor>
{
    using base = basic_openable_object<Executor>;

public:
    using typename base::executor_type;

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
    std::size_t getxattr(path_string name, const asio::mutable_buffer& value)
    {
        return this->run(op::fgetxattr{this->native_handle(), std::move(name), value});
    }

    /// Gets an extended attribute: fgetxattr(2).
    std::size_t getxattr(path_string name, const asio::mutable_buffer& value, error_code& ec)
    {
        return this->run(op::fgetxattr{this->native_handle(), std::move(name), value}, ec);
    }

    /// Asynchronous form of getxattr().
    /**
     * `void(error_code, std::size_t)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getxattr(path_string name, const asio::mutable_buffer& value,
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
    void setxattr(path_string name, const asio::const_buffer& value, xattr_flags how = xattr_flags::none)
    {
        this->run(op::fsetxattr{this->native_handle(), std::move(name), value, how});
    }

    /// Sets an extended attribute: fsetxattr(2).
    void setxattr(path_string name, const asio::const_buffer& value, xattr_flags how, error_code& ec)
    {
        this->run(op::fsetxattr{this->native_handle(), std::move(name), value, how}, ec);
    }

    /// Asynchronous form of setxattr().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string name, const asio::const_buffer& value, xattr_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fsetxattr{this->native_handle(), std::move(name), value, how},
            std::forward<Token>(token));
    }

    /// Sets an extended attribute: fsetxattr(2).
    void setxattr(path_string name, const asio::const_buffer& value, error_code& ec)
    {
        setxattr(std::move(name), value, xattr_flags::none, ec);
    }

    /// Asynchronous form of setxattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string name, const asio::const_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_setxattr(std::move(name), value, xattr_flags::none, std::forward<Token>(token));
    }

    /// Lists the extended attributes: flistxattr(2).
    /**
     * @param names where the names go, each with a NUL behind it: read them with xattr_names; an empty buffer
     * only asks for the size
     * @returns the size of the list in bytes
     * @throws system_error ERANGE if the buffer is too small
     */
    std::size_t listxattr(const asio::mutable_buffer& names)
    {
        return this->run(op::flistxattr{this->native_handle(), names});
    }

    /// Lists the extended attributes: flistxattr(2).
    std::size_t listxattr(const asio::mutable_buffer& names, error_code& ec)
    {
        return this->run(op::flistxattr{this->native_handle(), names}, ec);
    }

    /// Asynchronous form of listxattr().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_listxattr(const asio::mutable_buffer& names,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::flistxattr{this->native_handle(), names}, std::forward<Token>(token));
    }

    /// Removes an extended attribute: fremovexattr(2).
    /**
     * @throws system_error ENODATA if there is no such attribute
     */
    void removexattr(path_string name)
    {
        this->run(op::fremovexattr{this->native_handle(), std::move(name)});
    }

    /// Removes an extended attribute: fremovexattr(2).
    void removexattr(path_string name, error_code& ec)
    {
        this->run(op::fremovexattr{this->native_handle(), std::move(name)}, ec);
    }

    /// Asynchronous form of removexattr().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_removexattr(path_string name,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fremovexattr{this->native_handle(), std::move(name)},
            std::forward<Token>(token));
    }

    /// Gets an access control list: acl_get_fd(3).
    /**
     * Where nothing but the permission bits was set, the list that they stand for; a directory without a
     * default list gives an empty one.
     * @param type the access list, or the default list of a directory
     * @throws system_error ENOTSUP if the file system has no such lists, EACCES for the default list of
     * something else than a directory
     */
    acl acl_get_fd(acl_type type = acl_type::access)
    {
        return this->run(op::acl_get_fd{this->native_handle(), type});
    }

    /// Gets an access control list: acl_get_fd(3).
    acl acl_get_fd(acl_type type, error_code& ec)
    {
        return this->run(op::acl_get_fd{this->native_handle(), type}, ec);
    }

    /// Asynchronous form of acl_get_fd().
    /**
     * `void(error_code, acl)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, acl)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_get_fd(acl_type type, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::acl_get_fd{this->native_handle(), type}, std::forward<Token>(token));
    }

    /// Gets the access control list: acl_get_fd(3).
    acl acl_get_fd(error_code& ec) { return acl_get_fd(acl_type::access, ec); }

    /// Asynchronous form of acl_get_fd(): `void(error_code, acl)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, acl)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_get_fd(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_acl_get_fd(acl_type::access, std::forward<Token>(token));
    }

    /// Sets an access control list: acl_set_fd(3).
    /**
     * The permission bits follow the access list, the group's those of its mask.
     * @param list the whole new list; an empty one removes the default list
     * @param type the access list, or the default list of a directory
     * @throws system_error EINVAL if the list is not valid(), ENOTSUP if the file system has no such lists,
     * EACCES for the default list of something else than a directory, EPERM to all but the owner, ENOSPC
     */
    void acl_set_fd(const acl& list, acl_type type = acl_type::access)
    {
        this->run(op::acl_set_fd{this->native_handle(), list, type});
    }

    /// Sets an access control list: acl_set_fd(3).
    void acl_set_fd(const acl& list, acl_type type, error_code& ec)
    {
        this->run(op::acl_set_fd{this->native_handle(), list, type}, ec);
    }

    /// Asynchronous form of acl_set_fd().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_set_fd(const acl& list, acl_type type,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::acl_set_fd{this->native_handle(), list, type}, std::forward<Token>(token));
    }

    /// Sets the access control list: acl_set_fd(3).
    void acl_set_fd(const acl& list, error_code& ec) { acl_set_fd(list, acl_type::access, ec); }

    /// Asynchronous form of acl_set_fd(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_set_fd(const acl& list, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_acl_set_fd(list, acl_type::access, std::forward<Token>(token));
    }

    /// Gets the SELinux label: fgetfilecon(3).
    /**
     * @returns the label without a terminating NUL, as "system_u:object_r:etc_t:s0"
     * @throws system_error ENODATA if there is none, ENOTSUP
     */
    std::string fgetfilecon() { return this->run(op::fgetfilecon{this->native_handle()}); }

    /// Gets the SELinux label: fgetfilecon(3).
    std::string fgetfilecon(error_code& ec) { return this->run(op::fgetfilecon{this->native_handle()}, ec); }

    /// Asynchronous form of fgetfilecon().
    /**
     * `void(error_code, std::string)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::string)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fgetfilecon(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::fgetfilecon{this->native_handle()}, std::forward<Token>(token));
    }

    /// Sets the SELinux label: fsetfilecon(3).
    /**
     * @param label without a terminating NUL
     * @throws system_error EINVAL if the policy does not know the label, or it holds a NUL byte; EPERM,
     * EACCES, ENOTSUP
     */
    void fsetfilecon(std::string label)
    {
        this->run(op::fsetfilecon{this->native_handle(), std::move(label)});
    }

    /// Sets the SELinux label: fsetfilecon(3).
    void fsetfilecon(std::string label, error_code& ec)
    {
        this->run(op::fsetfilecon{this->native_handle(), std::move(label)}, ec);
    }

    /// Asynchronous form of fsetfilecon().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fsetfilecon(std::string label,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fsetfilecon{this->native_handle(), std::move(label)},
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
    using base::base;
    using base::operator=;

    basic_inode_object(basic_inode_object&&) noexcept = default;
    basic_inode_object& operator=(basic_inode_object&&) noexcept = default;
    ~basic_inode_object() = default;
};

} // namespace asio_fs

#endif
