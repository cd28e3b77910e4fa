// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_THROUGH_PROC_HPP
#define ASIO_FS_DETAIL_THROUGH_PROC_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/error.hpp>

#include <fcntl.h>

#include <cerrno>
#include <new>
#include <string>

namespace asio_fs::detail {

// For system calls that take a path but no directory: calls one of two with a path that leads to the entry
// from anywhere, the second where a symbolic link itself is meant. Returns >= 0 or -errno, as they do with -1
// and errno.
template <class Follow, class NoFollow>
int through_proc(int dirfd, const char* path, at_flags flags, Follow follow, NoFollow nofollow) noexcept
{
    const bool itself = *path == '\0';
    if (itself && !has(flags, at_flags::empty_path))
        return -ENOENT;
    const bool symlink = has(flags, at_flags::symlink_nofollow) && !itself;
    try
    {
        std::string full;
        if (itself && dirfd == AT_FDCWD)
            full = ".";
        else if (*path == '/' || dirfd == AT_FDCWD)
            full = path;
        else
        {
            // Without this, a bad descriptor would look like a missing file.
            if (::fcntl(dirfd, F_GETFD) < 0)
                return -errno;
            full = "/proc/self/fd/" + std::to_string(dirfd);
            if (!itself)
                full.append("/").append(path);
        }
        return ret(symlink ? nofollow(full.c_str()) : follow(full.c_str()));
    }
    catch (const std::bad_alloc&)
    {
        return -ENOMEM;
    }
}

} // namespace asio_fs::detail

#endif
