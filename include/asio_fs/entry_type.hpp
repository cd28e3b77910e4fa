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
    unknown = DT_UNKNOWN,
    fifo = DT_FIFO,
    character_device = DT_CHR,
    directory = DT_DIR,
    block_device = DT_BLK,
    regular = DT_REG,
    symlink = DT_LNK,
    socket = DT_SOCK
};

/// Convert the type bits of a `st_mode` or `stx_mode` value. See inode(7).
constexpr entry_type entry_type_of(mode_t mode) noexcept { return static_cast<entry_type>(IFTODT(mode)); }

} // namespace asio_fs

#endif
