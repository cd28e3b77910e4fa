// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_ACL_SET_FILE_HPP
#define ASIO_FS_OP_ACL_SET_FILE_HPP

#include <asio_fs/acl.hpp>
#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/acl_xattr.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <cstddef>

namespace asio_fs::op {

struct acl_set_file // set an access control list of an entry: acl_set_file(3)
{
    using result_type = void;
    static constexpr op_info info{"acl_set_file", no_opcode, "acl_set_file(3)", "2.6"};

    int dirfd;
    path_string path;
    acl_type type;
    acl list;
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        const char* const name = detail::acl_xattr_name(type);
        return detail::set_acl(
            type, list,
            [&](const void* value, std::size_t size)
            { return detail::setxattr_at(dirfd, path.c_str(), flags, name, value, size, 0); },
            [&] { return detail::removexattr_at(dirfd, path.c_str(), flags, name); });
    }
    bool valid() const noexcept { return path.valid() && detail::settable(type, list); }
};

} // namespace asio_fs::op

#endif
