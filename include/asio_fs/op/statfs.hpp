// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_STATFS_HPP
#define ASIO_FS_OP_STATFS_HPP

#include <asio_fs/op/operation.hpp>

#include <sys/vfs.h>

namespace asio_fs::op {

struct statfs // get size, free space and kind of the file system that holds an open file: fstatfs(2)
{
    using result_type = struct ::statfs;
    static constexpr op_info info{"statfs", no_opcode, "fstatfs(2)", "1.0"};

    int fd;
    struct ::statfs buffer = {};

    int syscall() noexcept { return detail::ret(::fstatfs(fd, &buffer)); }
    struct ::statfs result(int) noexcept { return buffer; }
};

} // namespace asio_fs::op

#endif
