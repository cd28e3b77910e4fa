// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ENTRY_TYPE_HPP
#define ASIO_FS_ENTRY_TYPE_HPP

#include <asio_fs/config.hpp>

#include <dirent.h>
#include <sys/types.h>

namespace asio_fs {

/// Name the kind of a directory entry; the values are those of `d_type` in readdir(3).
enum class entry_type : unsigned char
{
    unknown = DT_UNKNOWN,      ///< not told: ask statx()
    fifo = DT_FIFO,            ///< a named pipe
    character_device = DT_CHR, ///< a character device
    directory = DT_DIR,        ///< a directory
    block_device = DT_BLK,     ///< a block device
    regular = DT_REG,          ///< a regular file
    symlink = DT_LNK,          ///< a symbolic link
    socket = DT_SOCK           ///< a socket of the local domain
};

/// Convert the type bits of a `st_mode` or `stx_mode` value. See inode(7).
constexpr entry_type entry_type_of(mode_t mode) noexcept { return static_cast<entry_type>(IFTODT(mode)); }

} // namespace asio_fs

#endif
