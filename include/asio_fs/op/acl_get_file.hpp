// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_ACL_GET_FILE_HPP
#define ASIO_FS_OP_ACL_GET_FILE_HPP

#include <asio_fs/acl.hpp>
#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/acl_xattr.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/stat.h>

#include <cstddef>
#include <utility>

namespace asio_fs::op {

struct acl_get_file // get an access control list of an entry: acl_get_file(3)
{
    using result_type = acl;
    static constexpr op_info info{"acl_get_file", no_opcode, "acl_get_file(3)", "2.6"};

    int dirfd;
    path_string path;
    acl_type type = acl_type::access;
    at_flags flags = at_flags::none;
    acl list = {};

    int syscall() noexcept
    {
        return detail::get_acl(
            type, list,
            [this](char* value, std::size_t size) {
                return detail::getxattr_at(dirfd, path.c_str(), flags, detail::acl_xattr_name(type), value,
                                           size);
            },
            [this](mode_t& mode)
            {
                struct ::stat status;
                const int result =
                    detail::ret(::fstatat(dirfd, path.c_str(), &status, detail::native(flags)));
                mode = result < 0 ? 0 : status.st_mode;
                return result;
            });
    }
    acl result(int) noexcept { return std::move(list); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
