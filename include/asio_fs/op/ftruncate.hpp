// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FTRUNCATE_HPP
#define ASIO_FS_OP_FTRUNCATE_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct ftruncate // cut a file off, or extend it by a hole: ftruncate(2)
{
    using result_type = void;
    static constexpr op_info info{"ftruncate", opcode::ftruncate, "ftruncate(2)", "6.9"};

    int fd;
    detail::file_offset size;

    void prepare(io_uring_sqe& s) noexcept
    {
        // liburing before 2.6 has no function for it.
        io_uring_prep_rw(info.opcode, &s, fd, nullptr, 0, size.sqe());
    }
    int syscall() noexcept { return detail::ret(::ftruncate(fd, size.native())); }
};

} // namespace asio_fs::op

#endif
