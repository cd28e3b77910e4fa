// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_ACL_GET_FD_HPP
#define ASIO_FS_OP_ACL_GET_FD_HPP

#include <asio_fs/acl.hpp>
#include <asio_fs/detail/acl_xattr.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/stat.h>
#include <sys/xattr.h>

#include <cstddef>
#include <utility>

namespace asio_fs::op {

struct acl_get_fd // get an access control list of an open file: acl_get_fd(3)
{
    using result_type = acl;
    static constexpr op_info info{"acl_get_fd", no_opcode, "acl_get_fd(3)", "2.6"};

    int fd;
    acl_type type = acl_type::access;
    acl list = {};

    int syscall() noexcept
    {
        return detail::get_acl(
            type, list,
            [this](char* value, std::size_t size)
            { return detail::ret(::fgetxattr(fd, detail::acl_xattr_name(type), value, size)); },
            [this](mode_t& mode)
            {
                struct ::stat status;
                const int result = detail::ret(::fstat(fd, &status));
                mode = result < 0 ? 0 : status.st_mode;
                return result;
            });
    }
    acl result(int) noexcept { return std::move(list); }
};

} // namespace asio_fs::op

#endif
