// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ACL_ENTRY_HPP
#define ASIO_FS_ACL_ENTRY_HPP

#include <asio_fs/acl_perms.hpp>
#include <asio_fs/acl_tag.hpp>

#include <cstdint>

namespace asio_fs {

/// One entry of an access control list.
struct acl_entry
{
    /// The id of entries that have none; no user and no group.
    static constexpr std::uint32_t no_id = 0xffffffffu;

    /// To whom the entry applies.
    acl_tag tag;

    /// What it grants.
    acl_perms perms = acl_perms::none;

    /// The user of acl_tag::user, the group of acl_tag::group; no_id otherwise.
    std::uint32_t id = no_id;

    /// Whether both grant the same to the same.
    friend bool operator==(const acl_entry&, const acl_entry&) = default;
};

} // namespace asio_fs

#endif
