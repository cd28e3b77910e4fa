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

    /// The content and attributes of every regular file.
    files,

    /// Every file and every directory, the one that holds the destination included: after a power failure the
    /// whole copy is there.
    everything
};

} // namespace asio_fs

#endif
