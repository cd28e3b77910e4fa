// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OVERWRITE_POLICY_HPP
#define ASIO_FS_OVERWRITE_POLICY_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Choose what a copy does with entries that exist at the destination. Directories are merged in any case.
enum class overwrite_policy : unsigned char
{
    /// Replace every one of them.
    always,

    /// Leave every one of them as it is, metadata included.
    never,

    /// Replace those whose modification time is older than the source's, and leave the others as they are.
    newer,

    /// Keep the content of those that have the same type, size and modification time (symbolic links: the
    /// same target; devices: the same number) and make only their metadata equal; replace the others.
    different
};

} // namespace asio_fs

#endif
