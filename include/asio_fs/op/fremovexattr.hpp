// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FREMOVEXATTR_HPP
#define ASIO_FS_OP_FREMOVEXATTR_HPP

#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/xattr.h>

namespace asio_fs::op {

struct fremovexattr // remove an extended attribute of an open file: fremovexattr(2)
{
    using result_type = void;
    static constexpr op_info info{"fremovexattr", no_opcode, "fremovexattr(2)", "2.4"};

    int fd;
    path_string name;

    int syscall() noexcept { return detail::ret(::fremovexattr(fd, name.c_str())); }
    bool valid() const noexcept { return name.valid(); }
};

} // namespace asio_fs::op

#endif
