// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_XATTR_SOURCE_HPP
#define ASIO_FS_DETAIL_TREE_XATTR_SOURCE_HPP

#include <asio_fs/config.hpp>

#include <cstddef>

#include <sys/types.h>

namespace asio_fs::detail {

/// An inode whose extended attributes can be read. The functions return what the system calls return and
/// leave errno.
class xattr_source
{
public:
    virtual ssize_t list_xattrs(char* names, std::size_t size) const = 0;
    virtual ssize_t get_xattr(const char* name, void* value, std::size_t size) const = 0;

    /// A descriptor of something on the same file system.
    virtual int file_system() const = 0;

protected:
    ~xattr_source() = default;
};

} // namespace asio_fs::detail

#endif
