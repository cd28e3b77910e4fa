// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_INODE_HANDLE_HPP
#define ASIO_FS_DETAIL_TREE_INODE_HANDLE_HPP

#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/detail/tree/xattr_source.hpp>

#include <cstddef>

#include <sys/types.h>

namespace asio_fs::detail {

/// Whether a descriptor was opened with O_PATH.
inline bool is_path_only(int fd) noexcept
{
    const int flags = ::fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_PATH) != 0;
}

/// Read and write the metadata of an inode through a descriptor, never by name.
///
/// The descriptor may be one opened with O_PATH, the only way to hold a symbolic link, a device or something
/// that denies reading: the calls that refuse such a descriptor go through /proc/self/fd, which leads to the
/// inode itself. The functions return what the system calls return and leave errno.
class inode_handle final : public xattr_source
{
public:
    /// @param path_only  Whether `fd`, which is borrowed, was opened with O_PATH.
    ASIO_FS_DECL inode_handle(int fd, bool path_only);

    int fd() const noexcept { return fd_; }

    ASIO_FS_DECL int chown(uid_t user, gid_t group) const;
    ASIO_FS_DECL int chmod(mode_t mode) const; ///< not for symbolic links
    ASIO_FS_DECL int set_times(const timespec (&times)[2]) const;
    ASIO_FS_DECL ssize_t list_xattrs(char* names, std::size_t size) const override;
    ASIO_FS_DECL ssize_t get_xattr(const char* name, void* value, std::size_t size) const override;
    int file_system() const override { return fd_; }
    ASIO_FS_DECL int set_xattr(const char* name, const void* value, std::size_t size) const;
    ASIO_FS_DECL int remove_xattr(const char* name) const;

private:
    int fd_;
    bool path_only_;
    char link_[32];
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/inode_handle.ipp>
#endif

#endif
