// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_AT_FLAGS_HPP
#define ASIO_FS_AT_FLAGS_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <fcntl.h>

namespace asio_fs {

/// How an operation that takes a path finds its entry; AT_... of the kernel. See openat(2) and statx(2).
enum class at_flags : int
{
    none = 0,                                    ///< no flag
    symlink_nofollow = AT_SYMLINK_NOFOLLOW,      ///< the symbolic link itself rather than what it names
    symlink_follow = AT_SYMLINK_FOLLOW,          ///< linkat: what the symbolic link names rather than itself
    empty_path = AT_EMPTY_PATH,                  ///< an empty path stands for the descriptor itself
    remove_dir = AT_REMOVEDIR,                   ///< unlinkat: remove a directory, as rmdir(2)
    no_automount = AT_NO_AUTOMOUNT,              ///< statx: leave automount points alone
    force_sync = AT_STATX_FORCE_SYNC,            ///< statx: ask the server of a network file system
    dont_sync = AT_STATX_DONT_SYNC               ///< statx: be content with what is cached
};

namespace detail {

template <>
inline constexpr bool is_bitmask<at_flags> = true;

} // namespace detail

} // namespace asio_fs

#endif
