// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_ACL_SET_FD_HPP
#define ASIO_FS_OP_ACL_SET_FD_HPP

#include <asio_fs/acl.hpp>
#include <asio_fs/detail/acl_xattr.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/xattr.h>

#include <cstddef>

namespace asio_fs::op {

struct acl_set_fd // set an access control list of an open file: acl_set_fd(3)
{
    using result_type = void;
    static constexpr op_info info{"acl_set_fd", no_opcode, "acl_set_fd(3)", "2.6"};

    int fd;
    acl list;
    acl_type type = acl_type::access;

    int syscall() noexcept
    {
        const char* const name = detail::acl_xattr_name(type);
        return detail::set_acl(
            type, list,
            [&](const void* value, std::size_t size)
            { return detail::ret(::fsetxattr(fd, name, value, size, 0)); },
            [&] { return detail::ret(::fremovexattr(fd, name)); });
    }
    bool valid() const noexcept { return detail::settable(type, list); }
};

} // namespace asio_fs::op

#endif
