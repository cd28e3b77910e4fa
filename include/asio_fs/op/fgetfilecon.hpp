// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FGETFILECON_HPP
#define ASIO_FS_OP_FGETFILECON_HPP

#include <asio_fs/detail/selinux_xattr.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/xattr.h>

#include <cstddef>
#include <string>
#include <utility>

namespace asio_fs::op {

struct fgetfilecon // get the SELinux label of an open file: fgetfilecon(3)
{
    using result_type = std::string;
    static constexpr op_info info{"fgetfilecon", no_opcode, "fgetfilecon(3)", "2.6"};

    int fd;
    std::string label = {};

    int syscall() noexcept
    {
        return detail::get_label(
            label, [this](char* value, std::size_t size)
            { return detail::ret(::fgetxattr(fd, detail::selinux_xattr_name, value, size)); });
    }
    std::string result(int) noexcept { return std::move(label); }
};

} // namespace asio_fs::op

#endif
