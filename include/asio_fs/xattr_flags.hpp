// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_XATTR_FLAGS_HPP
#define ASIO_FS_XATTR_FLAGS_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <sys/xattr.h>

namespace asio_fs {

/// Whether an extended attribute may, or must, exist: XATTR_... of setxattr(2).
enum class xattr_flags : int
{
    none = 0,                                    ///< create or replace
    create = XATTR_CREATE,                       ///< fail with EEXIST if the attribute exists
    replace = XATTR_REPLACE                      ///< fail with ENODATA if it does not
};

namespace detail {

template <>
inline constexpr bool is_bitmask<xattr_flags> = true;

} // namespace detail

} // namespace asio_fs

#endif
