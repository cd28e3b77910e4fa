// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_GETFILECON_HPP
#define ASIO_FS_OP_GETFILECON_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/selinux_xattr.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace asio_fs::op {

struct getfilecon // get the SELinux label of an entry: getfilecon(3), lgetfilecon(3)
{
    using result_type = std::string;
    static constexpr op_info info{"getfilecon", no_opcode, "getfilecon(3)", "2.6"};

    int dirfd;
    path_string path;
    at_flags flags = at_flags::none;
    std::string label = {};

    int syscall() noexcept
    {
        return detail::get_label(label,
                                 [this](char* value, std::size_t size) {
                                     return detail::getxattr_at(dirfd, path.c_str(), flags,
                                                                detail::selinux_xattr_name, value, size);
                                 });
    }
    std::string result(int) noexcept { return std::move(label); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
