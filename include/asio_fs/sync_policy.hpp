// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_SYNC_POLICY_HPP
#define ASIO_FS_SYNC_POLICY_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Choose what a copy brings to stable storage (fsync(2)) before it reports success.
enum class sync_policy : unsigned char
{
    /// Nothing: the kernel writes when it sees fit.
    none,

    /// The content and attributes of every regular file that was copied or whose attributes were changed.
    files,

    /// The same and every directory, the one that holds a new destination included: after a power failure
    /// everything is there that was copied.
    everything
};

} // namespace asio_fs

#endif
