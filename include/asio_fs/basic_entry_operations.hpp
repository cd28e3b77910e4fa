// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_ENTRY_OPERATIONS_HPP
#define ASIO_FS_BASIC_ENTRY_OPERATIONS_HPP

#include <asio_fs/basic_inode_object.hpp>
#include <asio_fs/op/fchmodat.hpp>
#include <asio_fs/op/fchownat.hpp>
#include <asio_fs/op/getxattr.hpp>
#include <asio_fs/op/listxattr.hpp>
#include <asio_fs/op/removexattr.hpp>
#include <asio_fs/op/setxattr.hpp>
#include <asio_fs/op/statx.hpp>
#include <asio_fs/op/utimensat.hpp>

#include <cstddef>
#include <utility>

namespace asio_fs {

/// Properties of the entries of a directory; the part of basic_extended_dir that is about metadata.
/**
 * Paths are relative to the directory, except that an absolute path leaves it. They may lead through symbolic
 * links and "..": to stay inside, open the entry with resolve_flags and use its descriptor. What all
 * operations have in common is said at basic_inode_object.
 *
 * @par Extended Attributes
 * System calls that take a directory came with Linux 6.13 (setxattrat and so on). Before, the library reaches
 * the entry by /proc/self/fd, which must be mounted then.
 */
template <class Executor = asio::any_io_executor>
class basic_entry_operations : public basic_inode_object<Executor>
{
    using base = basic_inode_object<Executor>;

public:
    using typename base::executor_type;
    using base::async_statx;
    using base::statx;

    /// Gets type, size, owner, times, ... of an entry: statx(2).
    /**
     * @param path the entry
     * @param flags at_flags::symlink_nofollow for a symbolic link itself; at_flags::dont_sync and so on
     * @param mask the fields that are needed; the file system may give fewer or more
     */
    file_status statx(path_string path, at_flags flags = at_flags::none,
        statx_mask mask = statx_mask::basic_stats | statx_mask::btime)
    {
        return this->run(op::statx{this->native_handle(), std::move(path), flags, mask});
    }

    /// Gets type, size, owner, times, ... of an entry: statx(2).
    file_status statx(path_string path, at_flags flags, statx_mask mask, error_code& ec)
    {
        return this->run(op::statx{this->native_handle(), std::move(path), flags, mask}, ec);
    }

    /// Asynchronous form of statx().
    /**
     * `void(error_code, file_status)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_status)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_statx(path_string path, at_flags flags, statx_mask mask,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::statx{this->native_handle(), std::move(path), flags, mask},
            std::forward<Token>(token));
    }

    /// Gets type, size, owner, times, ... of an entry: statx(2).
    file_status statx(path_string path, error_code& ec)
    {
        return statx(std::move(path), at_flags::none, statx_mask::basic_stats | statx_mask::btime, ec);
    }

    /// Asynchronous form of statx(): `void(error_code, file_status)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_status)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_statx(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_statx(std::move(path), at_flags::none, statx_mask::basic_stats | statx_mask::btime,
            std::forward<Token>(token));
    }

    /// Changes the permission bits of an entry: fchmodat(2).
    /**
     * @param path the entry
     * @param mode permission bits with set-user-ID, set-group-ID and the sticky bit; the umask does not apply
     * @param flags at_flags::symlink_nofollow for a symbolic link itself, whose bits Linux does not change:
     * EOPNOTSUPP
     * @throws system_error EPERM to all but the owner
     */
    void fchmodat(path_string path, mode_t mode, at_flags flags = at_flags::none)
    {
        this->run(op::fchmodat{this->native_handle(), std::move(path), mode, flags});
    }

    /// Changes the permission bits of an entry: fchmodat(2).
    void fchmodat(path_string path, mode_t mode, at_flags flags, error_code& ec)
    {
        this->run(op::fchmodat{this->native_handle(), std::move(path), mode, flags}, ec);
    }

    /// Asynchronous form of fchmodat().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fchmodat(path_string path, mode_t mode, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fchmodat{this->native_handle(), std::move(path), mode, flags},
            std::forward<Token>(token));
    }

    /// Changes the permission bits of an entry: fchmodat(2).
    void fchmodat(path_string path, mode_t mode, error_code& ec)
    {
        fchmodat(std::move(path), mode, at_flags::none, ec);
    }

    /// Asynchronous form of fchmodat(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fchmodat(path_string path, mode_t mode,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_fchmodat(std::move(path), mode, at_flags::none, std::forward<Token>(token));
    }

    /// Changes owner and group of an entry: fchownat(2).
    /**
     * The kernel clears set-user-ID, set-group-ID and capabilities of a file: set them afterwards.
     * @param path the entry
     * @param uid,gid new owner and group, or -1 to leave them
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @throws system_error EPERM to the unprivileged
     */
    void fchownat(path_string path, uid_t uid, gid_t gid, at_flags flags = at_flags::none)
    {
        this->run(op::fchownat{this->native_handle(), std::move(path), uid, gid, flags});
    }

    /// Changes owner and group of an entry: fchownat(2).
    void fchownat(path_string path, uid_t uid, gid_t gid, at_flags flags, error_code& ec)
    {
        this->run(op::fchownat{this->native_handle(), std::move(path), uid, gid, flags}, ec);
    }

    /// Asynchronous form of fchownat().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fchownat(path_string path, uid_t uid, gid_t gid, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fchownat{this->native_handle(), std::move(path), uid, gid, flags},
            std::forward<Token>(token));
    }

    /// Changes owner and group of an entry: fchownat(2).
    void fchownat(path_string path, uid_t uid, gid_t gid, error_code& ec)
    {
        fchownat(std::move(path), uid, gid, at_flags::none, ec);
    }

    /// Asynchronous form of fchownat(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fchownat(path_string path, uid_t uid, gid_t gid,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_fchownat(std::move(path), uid, gid, at_flags::none, std::forward<Token>(token));
    }

    /// Sets access and modification time of an entry: utimensat(2).
    /**
     * @param path the entry
     * @param times in nanoseconds, with file_times::now and file_times::omit; file systems round and clamp in
     * silence
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     */
    void utimensat(path_string path, const file_times& times, at_flags flags = at_flags::none)
    {
        this->run(op::utimensat{this->native_handle(), std::move(path), times, flags});
    }

    /// Sets access and modification time of an entry: utimensat(2).
    void utimensat(path_string path, const file_times& times, at_flags flags, error_code& ec)
    {
        this->run(op::utimensat{this->native_handle(), std::move(path), times, flags}, ec);
    }

    /// Asynchronous form of utimensat().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_utimensat(path_string path, const file_times& times, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::utimensat{this->native_handle(), std::move(path), times, flags},
            std::forward<Token>(token));
    }

    /// Sets access and modification time of an entry: utimensat(2).
    void utimensat(path_string path, const file_times& times, error_code& ec)
    {
        utimensat(std::move(path), times, at_flags::none, ec);
    }

    /// Asynchronous form of utimensat(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_utimensat(path_string path, const file_times& times,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_utimensat(std::move(path), times, at_flags::none, std::forward<Token>(token));
    }

    /// Gets an extended attribute of an entry: getxattr(2).
    /**
     * @param path the entry
     * @param name with its namespace, as in "user.comment"
     * @param value where the value goes; an empty buffer only asks for the size
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @returns the size of the value in bytes
     * @throws system_error ENODATA if there is no such attribute, ERANGE if the buffer is too small, ENOTSUP
     */
    std::size_t getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        at_flags flags = at_flags::none)
    {
        return this->run(op::getxattr{this->native_handle(), std::move(path), std::move(name), value, flags});
    }

    /// Gets an extended attribute of an entry: getxattr(2).
    std::size_t getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        at_flags flags, error_code& ec)
    {
        return this->run(
            op::getxattr{this->native_handle(), std::move(path), std::move(name), value, flags}, ec);
    }

    /// Asynchronous form of getxattr().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        at_flags flags, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::getxattr{this->native_handle(), std::move(path), std::move(name), value, flags},
            std::forward<Token>(token));
    }

    /// Gets an extended attribute of an entry: getxattr(2).
    std::size_t getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        error_code& ec)
    {
        return getxattr(std::move(path), std::move(name), value, at_flags::none, ec);
    }

    /// Asynchronous form of getxattr(): `void(error_code, std::size_t)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_getxattr(std::move(path), std::move(name), value, at_flags::none,
            std::forward<Token>(token));
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    /**
     * @param path the entry
     * @param name with its namespace, as in "user.comment"
     * @param value the bytes
     * @param how whether the attribute may, or must, exist
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @throws system_error EEXIST or ENODATA because of `how`, ENOSPC, ENOTSUP, EPERM
     */
    void setxattr(path_string path, path_string name, const asio::const_buffer& value,
        xattr_flags how = xattr_flags::none, at_flags flags = at_flags::none)
    {
        this->run(op::setxattr{this->native_handle(), std::move(path), std::move(name), value, how, flags});
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    void setxattr(path_string path, path_string name, const asio::const_buffer& value, xattr_flags how,
        at_flags flags, error_code& ec)
    {
        this->run(
            op::setxattr{this->native_handle(), std::move(path), std::move(name), value, how, flags}, ec);
    }

    /// Asynchronous form of setxattr().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string path, path_string name, const asio::const_buffer& value, xattr_flags how,
        at_flags flags, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::setxattr{this->native_handle(), std::move(path), std::move(name), value, how, flags},
            std::forward<Token>(token));
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    void setxattr(path_string path, path_string name, const asio::const_buffer& value, error_code& ec)
    {
        setxattr(std::move(path), std::move(name), value, xattr_flags::none, at_flags::none, ec);
    }

    /// Asynchronous form of setxattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string path, path_string name, const asio::const_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_setxattr(std::move(path), std::move(name), value, xattr_flags::none, at_flags::none,
            std::forward<Token>(token));
    }

    /// Lists the extended attributes of an entry: listxattr(2).
    /**
     * @param path the entry
     * @param names where the names go: read them with xattr_names; an empty buffer only asks for the size
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @returns the size of the list in bytes
     * @throws system_error ERANGE if the buffer is too small
     */
    std::size_t listxattr(path_string path, const asio::mutable_buffer& names,
        at_flags flags = at_flags::none)
    {
        return this->run(op::listxattr{this->native_handle(), std::move(path), names, flags});
    }

    /// Lists the extended attributes of an entry: listxattr(2).
    std::size_t listxattr(path_string path, const asio::mutable_buffer& names, at_flags flags, error_code& ec)
    {
        return this->run(op::listxattr{this->native_handle(), std::move(path), names, flags}, ec);
    }

    /// Asynchronous form of listxattr().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_listxattr(path_string path, const asio::mutable_buffer& names, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::listxattr{this->native_handle(), std::move(path), names, flags},
            std::forward<Token>(token));
    }

    /// Lists the extended attributes of an entry: listxattr(2).
    std::size_t listxattr(path_string path, const asio::mutable_buffer& names, error_code& ec)
    {
        return listxattr(std::move(path), names, at_flags::none, ec);
    }

    /// Asynchronous form of listxattr(): `void(error_code, std::size_t)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_listxattr(path_string path, const asio::mutable_buffer& names,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_listxattr(std::move(path), names, at_flags::none, std::forward<Token>(token));
    }

    /// Removes an extended attribute of an entry: removexattr(2).
    /**
     * @param path the entry
     * @param name with its namespace
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @throws system_error ENODATA if there is no such attribute
     */
    void removexattr(path_string path, path_string name, at_flags flags = at_flags::none)
    {
        this->run(op::removexattr{this->native_handle(), std::move(path), std::move(name), flags});
    }

    /// Removes an extended attribute of an entry: removexattr(2).
    void removexattr(path_string path, path_string name, at_flags flags, error_code& ec)
    {
        this->run(op::removexattr{this->native_handle(), std::move(path), std::move(name), flags}, ec);
    }

    /// Asynchronous form of removexattr().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_removexattr(path_string path, path_string name, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::removexattr{this->native_handle(), std::move(path), std::move(name), flags},
            std::forward<Token>(token));
    }

    /// Removes an extended attribute of an entry: removexattr(2).
    void removexattr(path_string path, path_string name, error_code& ec)
    {
        removexattr(std::move(path), std::move(name), at_flags::none, ec);
    }

    /// Asynchronous form of removexattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_removexattr(path_string path, path_string name,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_removexattr(std::move(path), std::move(name), at_flags::none,
            std::forward<Token>(token));
    }

protected:
    using base::base;
    using base::operator=;

    basic_entry_operations(basic_entry_operations&&) noexcept = default;
    basic_entry_operations& operator=(basic_entry_operations&&) noexcept = default;
    ~basic_entry_operations() = default;
};

} // namespace asio_fs

#endif
