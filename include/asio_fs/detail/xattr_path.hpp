// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_XATTR_PATH_HPP
#define ASIO_FS_DETAIL_XATTR_PATH_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/config.hpp>

#include <cstddef>

// Extended attributes of an entry named relative to a directory. Linux 6.13 has system calls for that;
// before, a path through /proc/self/fd leads there. All return >= 0 or -errno, and never throw.

namespace asio_fs::detail {

ASIO_FS_DECL int getxattr_at(
    int dirfd, const char* path, at_flags flags, const char* name, void* value, std::size_t size) noexcept;

ASIO_FS_DECL int setxattr_at(int dirfd, const char* path, at_flags flags, const char* name, const void* value,
    std::size_t size, int how) noexcept;

ASIO_FS_DECL int listxattr_at(int dirfd, const char* path, at_flags flags, char* names,
    std::size_t size) noexcept;

ASIO_FS_DECL int removexattr_at(int dirfd, const char* path, at_flags flags, const char* name) noexcept;

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/xattr_path.ipp>
#endif

#endif
