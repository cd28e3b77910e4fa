// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FLISTXATTR_HPP
#define ASIO_FS_OP_FLISTXATTR_HPP

#include <asio_fs/op/operation.hpp>

#include <boost/asio/buffer.hpp>

#include <sys/xattr.h>

#include <cstddef>

namespace asio_fs::op {

struct flistxattr // list the extended attributes of an open file: flistxattr(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"flistxattr", no_opcode, "flistxattr(2)", "2.4"};

    int fd;
    asio::mutable_buffer names;              // empty: how large the list is

    int syscall() noexcept
    {
        return detail::ret(::flistxattr(fd, static_cast<char*>(names.data()), names.size()));
    }
    std::size_t result(int size) noexcept { return static_cast<std::size_t>(size); }
};

} // namespace asio_fs::op

#endif
