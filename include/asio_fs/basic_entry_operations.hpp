// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_ENTRY_OPERATIONS_HPP
#define ASIO_FS_BASIC_ENTRY_OPERATIONS_HPP

#include <asio_fs/basic_attribute_operations.hpp>
#include <asio_fs/op/fchmodat.hpp>
#include <asio_fs/op/fchownat.hpp>
#include <asio_fs/op/statx.hpp>
#include <asio_fs/op/utimensat.hpp>

#include <utility>

namespace asio_fs {

/// Properties of the entries of a directory; the part of basic_extended_dir that is about metadata.
/**
 * Paths are relative to the directory, except that an absolute path leaves it. They may lead through symbolic
 * links and "..": to stay inside, open the entry with resolve_flags and use its descriptor. What all
 * operations have in common is said at basic_inode_object.
 */
template <class Executor = asio::any_io_executor>
class basic_entry_operations : public basic_attribute_operations<Executor>
{
    using base = basic_attribute_operations<Executor>;

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
    file_status statx(path_string path, at_flags flags, error_code& ec)
    {
        return statx(std::move(path), flags, statx_mask::basic_stats | statx_mask::btime, ec);
    }

    /// Asynchronous form of statx(): `void(error_code, file_status)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_status)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_statx(path_string path, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_statx(std::move(path), flags, statx_mask::basic_stats | statx_mask::btime,
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

protected:
    using base::base;
    using base::operator=;

    basic_entry_operations(basic_entry_operations&&) noexcept = default;
    basic_entry_operations& operator=(basic_entry_operations&&) noexcept = default;
    ~basic_entry_operations() = default;
};

} // namespace asio_fs

#endif
