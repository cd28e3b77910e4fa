// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FSETXATTR_HPP
#define ASIO_FS_OP_FSETXATTR_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/xattr_flags.hpp>

#include <boost/asio/buffer.hpp>

#include <sys/xattr.h>

#include <algorithm>
#include <climits>
#include <cstddef>

namespace asio_fs::op {

struct fsetxattr // set an extended attribute of an open file: fsetxattr(2)
{
    using result_type = void;
    static constexpr op_info info{"fsetxattr", opcode::fsetxattr, "fsetxattr(2)", "5.19"};

    int fd;
    path_string name;
    asio::const_buffer value;
    xattr_flags flags = xattr_flags::none;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_fsetxattr(&s, fd, name.c_str(), static_cast<const char*>(value.data()),
            detail::native(flags),
            static_cast<unsigned>(std::min(value.size(), std::size_t(INT_MAX))));
    }
    int syscall() noexcept
    {
        return detail::ret(::fsetxattr(fd, name.c_str(), value.data(), value.size(), detail::native(flags)));
    }
    bool valid() const noexcept { return name.valid(); }
};

} // namespace asio_fs::op

#endif
