// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_NAMED_INODE_HPP
#define ASIO_FS_DETAIL_TREE_NAMED_INODE_HPP

#include <asio_fs/detail/tree/xattr_source.hpp>
#include <asio_fs/detail/xattr_path.hpp>

#include <cerrno>

namespace asio_fs::detail {

/// Read the extended attributes of what has a name in an open directory, without opening it. A symbolic link
/// is not followed.
///
/// Another entry may take the name at any time: good for finding out whether there is anything to do, and not
/// for what is then done.
class named_inode final : public xattr_source
{
public:
    named_inode(int dir, const char* name) noexcept : dir_(dir), name_(name) {}

    ssize_t list_xattrs(char* names, std::size_t size) const override
    {
        return result(listxattr_at(dir_, name_, at_flags::symlink_nofollow, names, size));
    }
    ssize_t get_xattr(const char* name, void* value, std::size_t size) const override
    {
        return result(getxattr_at(dir_, name_, at_flags::symlink_nofollow, name, value, size));
    }
    int file_system() const override { return dir_; }

private:
    static ssize_t result(int value) noexcept
    {
        if (value >= 0)
            return value;
        errno = -value;
        return -1;
    }

    int dir_;
    const char* name_;
};

} // namespace asio_fs::detail

#endif
