// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_STATX_MASK_HPP
#define ASIO_FS_STATX_MASK_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <fcntl.h>
#include <sys/stat.h>

namespace asio_fs {

/// Which fields of a file_status are asked for: STATX_... of statx(2).
enum class statx_mask : unsigned
{
    none = 0,                                    ///< no field
    type = STATX_TYPE,                           ///< the kind of the entry
    mode = STATX_MODE,                           ///< permission bits
    nlink = STATX_NLINK,                         ///< number of hard links
    uid = STATX_UID,                             ///< owner
    gid = STATX_GID,                             ///< group
    atime = STATX_ATIME,                         ///< last access
    mtime = STATX_MTIME,                         ///< last modification
    ctime = STATX_CTIME,                         ///< last change of the inode
    ino = STATX_INO,                             ///< inode number
    size = STATX_SIZE,                           ///< size in bytes
    blocks = STATX_BLOCKS,                       ///< space used
    basic_stats = STATX_BASIC_STATS,             ///< all of the above: what stat(2) gives
    btime = STATX_BTIME,                         ///< time of birth
    mnt_id = STATX_MNT_ID,                       ///< identity of the mount
    dio_align = 0x2000,                          ///< alignment for direct I/O (Linux 6.1)
    mnt_id_unique = 0x4000,                      ///< mnt_id is never used again (Linux 6.8)
    subvol = 0x8000                              ///< identity of the subvolume (Linux 6.10)
};

namespace detail {

template <>
inline constexpr bool is_bitmask<statx_mask> = true;

} // namespace detail

} // namespace asio_fs

#endif
