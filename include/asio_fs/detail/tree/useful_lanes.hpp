// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_USEFUL_LANES_HPP
#define ASIO_FS_DETAIL_TREE_USEFUL_LANES_HPP

#include <linux/magic.h>
#include <sys/vfs.h>

namespace asio_fs::detail {

/// What is done to a tree.
enum class tree_work : unsigned char
{
    copying,
    removing
};

/// Return how many lanes are worth having where the open directory `fd` lies, at most, if nobody asks for a number.
///
/// Measured: on btrfs threads that create or remove wait for each other, and on xfs those that remove do; a
/// second one there makes the work no faster, or slower, and takes more CPU time.
inline unsigned useful_lanes(int fd, tree_work work) noexcept
{
    struct ::statfs file_system;
    if (::fstatfs(fd, &file_system) != 0)
        return ~0u;
    const bool alone = file_system.f_type == BTRFS_SUPER_MAGIC ||
                       (file_system.f_type == XFS_SUPER_MAGIC && work == tree_work::removing);
    return alone ? 1 : ~0u;
}

} // namespace asio_fs::detail

#endif
