// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_ACL_XATTR_HPP
#define ASIO_FS_DETAIL_ACL_XATTR_HPP

#include <asio_fs/acl.hpp>
#include <asio_fs/detail/xattr_value.hpp>

#include <sys/stat.h>

#include <cerrno>
#include <new>
#include <string>
#include <vector>

// Access control lists as the extended attributes in which the kernel shows them. All return >= 0 or -errno,
// and never throw.

namespace asio_fs::detail {

inline const char* acl_xattr_name(acl_type type) noexcept
{
    return type == acl_type::access ? "system.posix_acl_access" : "system.posix_acl_default";
}

// `get` reads the attribute, as for read_xattr(); `stat` gets the mode bits. Without the attribute, these are
// the list, as they are for the kernel.
template <class Get, class Stat>
int get_acl(acl_type type, acl& list, Get get, Stat stat) noexcept
{
    try
    {
        std::string value;
        int result = read_xattr(value, get);
        if (result == 0)
        {
            error_code ec;
            list = acl::from_xattr(asio::buffer(value), ec);
            return -ec.value();
        }
        if (result != -ENODATA)
            return result;
        mode_t mode = 0;
        result = stat(mode);
        if (result < 0)
            return result;
        if (type == acl_type::default_)
            return S_ISDIR(mode) ? 0 : -EACCES;
        list = acl::from_mode(mode);
        return 0;
    }
    catch (const std::bad_alloc&)
    {
        return -ENOMEM;
    }
}

// `set` writes the attribute, `remove` removes it.
template <class Set, class Remove>
int set_acl(acl_type type, const acl& list, Set set, Remove remove) noexcept
{
    if (type == acl_type::default_ && list.empty())
    {
        const int result = remove();
        return result == -ENODATA ? 0 : result;
    }
    try
    {
        const std::vector<unsigned char> value = list.to_xattr();
        return set(value.data(), value.size());
    }
    catch (const std::bad_alloc&)
    {
        return -ENOMEM;
    }
}

// Whether a file can be given this list; no kernel takes another.
inline bool settable(acl_type type, const acl& list) noexcept
{
    return list.valid() || (type == acl_type::default_ && list.empty());
}

} // namespace asio_fs::detail

#endif
