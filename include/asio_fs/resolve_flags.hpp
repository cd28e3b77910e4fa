// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_RESOLVE_FLAGS_HPP
#define ASIO_FS_RESOLVE_FLAGS_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <linux/openat2.h>

namespace asio_fs {

/// How far the resolution of a path may lead: RESOLVE_... of openat2(2).
enum class resolve_flags : unsigned long long
{
    none = 0,                                    ///< no flag
    no_xdev = RESOLVE_NO_XDEV,                   ///< never onto another mount
    no_magiclinks = RESOLVE_NO_MAGICLINKS,       ///< never through links such as /proc/self/fd/1
    no_symlinks = RESOLVE_NO_SYMLINKS,           ///< never through any symbolic link
    beneath = RESOLVE_BENEATH,                   ///< never out of the directory, neither by .. nor by links
    in_root = RESOLVE_IN_ROOT,                   ///< the directory is the root that .. and links meet
    cached = RESOLVE_CACHED                      ///< only if nothing must be read: EAGAIN otherwise
};

namespace detail {

template <>
inline constexpr bool is_bitmask<resolve_flags> = true;

} // namespace detail

} // namespace asio_fs

#endif
