// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SETFILECON_HPP
#define ASIO_FS_OP_SETFILECON_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/selinux_xattr.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <string>

namespace asio_fs::op {

struct setfilecon // set the SELinux label of an entry: setfilecon(3), lsetfilecon(3)
{
    using result_type = void;
    static constexpr op_info info{"setfilecon", no_opcode, "setfilecon(3)", "2.6"};

    int dirfd;
    path_string path;
    std::string label;
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        return detail::setxattr_at(dirfd, path.c_str(), flags, detail::selinux_xattr_name, label.c_str(),
                                   label.size() + 1, 0);
    }
    bool valid() const noexcept { return path.valid() && detail::is_label(label); }
};

} // namespace asio_fs::op

#endif
