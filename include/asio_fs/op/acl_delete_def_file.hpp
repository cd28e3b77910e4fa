// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_ACL_DELETE_DEF_FILE_HPP
#define ASIO_FS_OP_ACL_DELETE_DEF_FILE_HPP

#include <asio_fs/acl_type.hpp>
#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/acl_xattr.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <cerrno>

namespace asio_fs::op {

struct acl_delete_def_file // remove the default access control list of a directory: acl_delete_def_file(3)
{
    using result_type = void;
    static constexpr op_info info{"acl_delete_def_file", no_opcode, "acl_delete_def_file(3)", "2.6"};

    int dirfd;
    path_string path;
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        const int result =
            detail::removexattr_at(dirfd, path.c_str(), flags, detail::acl_xattr_name(acl_type::default_));
        return result == -ENODATA ? 0 : result;
    }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
