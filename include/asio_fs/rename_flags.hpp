// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_RENAME_FLAGS_HPP
#define ASIO_FS_RENAME_FLAGS_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <cstdio>

namespace asio_fs {

/// What a rename does when the new name exists: RENAME_... of renameat2(2).
enum class rename_flags : unsigned
{
    none = 0,                                    ///< no flag
    no_replace = RENAME_NOREPLACE,               ///< fail with EEXIST
    exchange = RENAME_EXCHANGE,                  ///< exchange the two entries in one step
    whiteout = RENAME_WHITEOUT                   ///< leave a whiteout behind, for overlay file systems
};

namespace detail {

template <>
inline constexpr bool is_bitmask<rename_flags> = true;

} // namespace detail

} // namespace asio_fs

#endif
