// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_SYNC_RANGE_FLAGS_HPP
#define ASIO_FS_SYNC_RANGE_FLAGS_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <fcntl.h>

namespace asio_fs {

/// What sync_file_range(2) waits for: SYNC_FILE_RANGE_... of the kernel.
enum class sync_range_flags : unsigned
{
    none = 0,                                    ///< no flag
    wait_before = SYNC_FILE_RANGE_WAIT_BEFORE,   ///< wait for writes to the device that are under way
    write = SYNC_FILE_RANGE_WRITE,               ///< start to write all dirty pages of the range
    wait_after = SYNC_FILE_RANGE_WAIT_AFTER,     ///< wait for those writes
    write_and_wait = SYNC_FILE_RANGE_WRITE_AND_WAIT ///< all three
};

namespace detail {

template <>
inline constexpr bool is_bitmask<sync_range_flags> = true;

} // namespace detail

} // namespace asio_fs

#endif
