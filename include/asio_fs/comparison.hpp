// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COMPARISON_HPP
#define ASIO_FS_COMPARISON_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Choose what makes a regular file at the destination count as the same as its source, for
/// `overwrite_policy::different`.
enum class comparison : unsigned char
{
    /// The same size and modification time.
    size_and_time,

    /// The same size.
    size,

    /// The same size and the same bytes: both files are read. Times do not matter.
    content
};

} // namespace asio_fs

#endif
