// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_XATTR_SOURCE_HPP
#define ASIO_FS_DETAIL_TREE_XATTR_SOURCE_HPP

#include <asio_fs/config.hpp>

#include <algorithm>
#include <cerrno>
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

    /// Read the whole list into a buffer that can hold the longest.
    ssize_t list_all(char* names, std::size_t size) const
    {
        return with_little([&](std::size_t offered) { return list_xattrs(names, offered); }, size);
    }

    /// Read a value into a buffer that can hold the longest.
    ssize_t get_all(const char* name, void* value, std::size_t size) const
    {
        return with_little([&](std::size_t offered) { return get_xattr(name, value, offered); }, size);
    }

    /// A descriptor of something on the same file system.
    virtual int file_system() const = 0;

protected:
    ~xattr_source() = default;

private:
    // In each call the kernel allocates as much as it is offered, which takes longer than everything else; and most
    // lists are empty. So little is offered first.
    template <class Call>
    static ssize_t with_little(Call&& call, std::size_t size)
    {
        constexpr std::size_t little = 256;
        const ssize_t n = call(std::min(size, little));
        return n < 0 && errno == ERANGE && size > little ? call(size) : n;
    }
};

} // namespace asio_fs::detail

#endif
