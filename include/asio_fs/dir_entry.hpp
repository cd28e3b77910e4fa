// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DIR_ENTRY_HPP
#define ASIO_FS_DIR_ENTRY_HPP

#include <asio_fs/entry_type.hpp>

#include <cstdint>
#include <string_view>

namespace asio_fs {

/// One name in a directory, as getdents64(2) gives it.
struct dir_entry
{
    /// The name: any bytes but NUL and '/'. Refers into the dir_batch, where a NUL follows it.
    std::string_view name;

    /// The kind of the entry; entry_type::unknown where the file system does not say: then ask statx().
    entry_type type = entry_type::unknown;

    /// The inode number. On a mount point, that of the directory below the mount.
    std::uint64_t ino = 0;

    /// The name for system calls.
    const char* c_str() const noexcept { return name.data(); }
};

} // namespace asio_fs

#endif
