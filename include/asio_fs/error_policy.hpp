// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ERROR_POLICY_HPP
#define ASIO_FS_ERROR_POLICY_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Choose what an operation on a tree does when an entry fails.
enum class error_policy : unsigned char
{
    /// Report the failure and go on with the other entries.
    go_on,

    /// Report the failure and begin no further entry.
    stop
};

} // namespace asio_fs

#endif
