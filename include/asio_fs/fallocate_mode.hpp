// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_FALLOCATE_MODE_HPP
#define ASIO_FS_FALLOCATE_MODE_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <fcntl.h>
#include <linux/falloc.h>

namespace asio_fs {

/// What fallocate(2) does to a range of a file: FALLOC_FL_... of the kernel.
enum class fallocate_mode : int
{
    allocate = 0,                                ///< reserve space, and extend the file over it
    keep_size = FALLOC_FL_KEEP_SIZE,             ///< reserve space, also beyond the end, which stays
    punch_hole = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, ///< give space back: the range reads as zeros
    zero_range = FALLOC_FL_ZERO_RANGE,           ///< make the range zeros, allocated
    collapse_range = FALLOC_FL_COLLAPSE_RANGE,   ///< cut the range out: what follows moves down
    insert_range = FALLOC_FL_INSERT_RANGE,       ///< put a hole in: what follows moves up
    unshare_range = FALLOC_FL_UNSHARE_RANGE      ///< give the file blocks of its own where it shares them
};

namespace detail {

template <>
inline constexpr bool is_bitmask<fallocate_mode> = true;

} // namespace detail

} // namespace asio_fs

#endif
