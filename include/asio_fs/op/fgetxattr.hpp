// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FGETXATTR_HPP
#define ASIO_FS_OP_FGETXATTR_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <boost/asio/buffer.hpp>

#include <sys/xattr.h>

#include <algorithm>
#include <climits>
#include <cstddef>

namespace asio_fs::op {

struct fgetxattr // get an extended attribute of an open file: fgetxattr(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"fgetxattr", opcode::fgetxattr, "fgetxattr(2)", "5.19"};

    int fd;
    path_string name;
    asio::mutable_buffer value;              // empty: how large it is

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_fgetxattr(&s, fd, name.c_str(), static_cast<char*>(value.data()),
            static_cast<unsigned>(std::min(value.size(), std::size_t(INT_MAX))));
    }
    int syscall() noexcept { return detail::ret(::fgetxattr(fd, name.c_str(), value.data(), value.size())); }
    std::size_t result(int size) noexcept { return static_cast<std::size_t>(size); }
    bool valid() const noexcept { return name.valid(); }
};

} // namespace asio_fs::op

#endif
