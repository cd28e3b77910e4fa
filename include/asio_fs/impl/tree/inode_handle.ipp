// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_INODE_HANDLE_IPP
#define ASIO_FS_IMPL_TREE_INODE_HANDLE_IPP

#include <asio_fs/detail/tree/inode_handle.hpp>

#include <cstdio>

#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace asio_fs::detail {

// Linux 6.6; the number is the same on every architecture this library can run on. See fchmodat2(2).
inline constexpr long call_fchmodat2 = 452;

ASIO_FS_DECL inode_handle::inode_handle(int fd, bool path_only) : fd_(fd), path_only_(path_only)
{
    if (path_only_)
        std::snprintf(link_, sizeof link_, "/proc/self/fd/%d", fd);
}

ASIO_FS_DECL int inode_handle::chown(uid_t user, gid_t group) const
{
    return path_only_ ? ::fchownat(fd_, "", user, group, AT_EMPTY_PATH) : ::fchown(fd_, user, group);
}

ASIO_FS_DECL int inode_handle::chmod(mode_t mode) const
{
    if (!path_only_)
        return ::fchmod(fd_, mode);
    const int result = static_cast<int>(::syscall(call_fchmodat2, fd_, "", mode, AT_EMPTY_PATH));
    return result == 0 || errno != ENOSYS ? result : ::chmod(link_, mode);
}

ASIO_FS_DECL int inode_handle::set_times(const timespec (&times)[2]) const
{
    if (!path_only_)
        return ::futimens(fd_, times);
    const int result = ::utimensat(fd_, "", times, AT_EMPTY_PATH);
    // Kernels before 5.8 do not know the flag here.
    return result == 0 || errno != EINVAL ? result : ::utimensat(AT_FDCWD, link_, times, 0);
}

ASIO_FS_DECL ssize_t inode_handle::list_xattrs(char* names, std::size_t size) const
{
    return path_only_ ? ::listxattr(link_, names, size) : ::flistxattr(fd_, names, size);
}

ASIO_FS_DECL ssize_t inode_handle::get_xattr(const char* name, void* value, std::size_t size) const
{
    return path_only_ ? ::getxattr(link_, name, value, size) : ::fgetxattr(fd_, name, value, size);
}

ASIO_FS_DECL int inode_handle::set_xattr(const char* name, const void* value, std::size_t size) const
{
    return path_only_ ? ::setxattr(link_, name, value, size, 0) : ::fsetxattr(fd_, name, value, size, 0);
}

ASIO_FS_DECL int inode_handle::remove_xattr(const char* name) const
{
    return path_only_ ? ::removexattr(link_, name) : ::fremovexattr(fd_, name);
}

} // namespace asio_fs::detail

#endif
