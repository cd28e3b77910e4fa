// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ACL_PERMS_HPP
#define ASIO_FS_ACL_PERMS_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <cstdint>

namespace asio_fs {

/// What an entry of an access control list grants; the values are those of the mode bits of others.
enum class acl_perms : std::uint16_t
{
    none = 0,    ///< nothing
    execute = 1, ///< of a directory: search
    write = 2,   ///< of a directory: change its entries
    read = 4,    ///< of a directory: list it
    all = 7      ///< read, write and execute
};

template <>
inline constexpr bool detail::is_bitmask<acl_perms> = true;

} // namespace asio_fs

#endif
