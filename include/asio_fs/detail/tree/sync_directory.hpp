// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_SYNC_DIRECTORY_HPP
#define ASIO_FS_DETAIL_TREE_SYNC_DIRECTORY_HPP

#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/unique_fd.hpp>

#include <unistd.h>

namespace asio_fs::detail {

/// Bring a directory to stable storage. `dir` may be a descriptor that merely names it.
/// @param path  "." for itself, ".." for the one that holds it.
inline error_code sync_directory(int dir, const char* path = ".")
{
    const unique_fd file{::openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!file)
        return last_error();
    // Some file systems cannot be asked for this, and say EINVAL.
    if (uninterrupted([&] { return ::fsync(file.get()); }) != 0 && errno != EINVAL)
        return last_error();
    return {};
}

} // namespace asio_fs::detail

#endif
