// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ACL_TAG_HPP
#define ASIO_FS_ACL_TAG_HPP

#include <asio_fs/config.hpp>

#include <cstdint>

namespace asio_fs {

/// To whom an entry of an access control list applies; the values are the kernel's. See acl(5).
enum class acl_tag : std::uint16_t
{
    user_obj = 0x01,  ///< the owner of the file
    user = 0x02,      ///< one user, by id
    group_obj = 0x04, ///< the group of the file
    group = 0x08,     ///< one group, by id
    mask = 0x10,      ///< the most that user, group_obj and group entries grant
    other = 0x20      ///< everyone else
};

} // namespace asio_fs

#endif
