// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FDATASYNC_HPP
#define ASIO_FS_OP_FDATASYNC_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct fdatasync // write a file to its device, as far as reading it back needs: fdatasync(2)
{
    using result_type = void;
    static constexpr op_info info{"fdatasync", opcode::fsync, "fdatasync(2)", "5.1"};

    int fd;

    void prepare(io_uring_sqe& s) noexcept { io_uring_prep_fsync(&s, fd, IORING_FSYNC_DATASYNC); }
    int syscall() noexcept { return detail::ret(::fdatasync(fd)); }
};

} // namespace asio_fs::op

#endif
