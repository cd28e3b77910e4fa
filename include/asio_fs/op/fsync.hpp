// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FSYNC_HPP
#define ASIO_FS_OP_FSYNC_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct fsync // write a file, or a directory, to its device: fsync(2)
{
    using result_type = void;
    static constexpr op_info info{"fsync", opcode::fsync, "fsync(2)", "5.1"};

    int fd;

    void prepare(io_uring_sqe& s) noexcept { io_uring_prep_fsync(&s, fd, 0); }
    int syscall() noexcept { return detail::ret(::fsync(fd)); }
};

} // namespace asio_fs::op

#endif
