// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FSETFILECON_HPP
#define ASIO_FS_OP_FSETFILECON_HPP

#include <asio_fs/detail/selinux_xattr.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/xattr.h>

#include <string>

namespace asio_fs::op {

struct fsetfilecon // set the SELinux label of an open file: fsetfilecon(3)
{
    using result_type = void;
    static constexpr op_info info{"fsetfilecon", no_opcode, "fsetfilecon(3)", "2.6"};

    int fd;
    std::string label;

    int syscall() noexcept
    {
        return detail::ret(::fsetxattr(fd, detail::selinux_xattr_name, label.c_str(), label.size() + 1, 0));
    }
    bool valid() const noexcept { return detail::is_label(label); }
};

} // namespace asio_fs::op

#endif
