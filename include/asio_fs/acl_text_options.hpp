// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ACL_TEXT_OPTIONS_HPP
#define ASIO_FS_ACL_TEXT_OPTIONS_HPP

#include <asio_fs/config.hpp>

#include <string_view>

namespace asio_fs {

/// How acl::to_text() writes.
struct acl_text_options
{
    /// Ids rather than names, as `getfacl -n`. Otherwise the system's databases are asked, which may block.
    bool numeric = false;

    /// A comment behind entries that grant less than they say because of the mask, as getfacl has it.
    bool effective = true;

    /// What stands before each entry: "default:" for a default list. Borrowed.
    std::string_view prefix = {};
};

} // namespace asio_fs

#endif
