// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FADVISE_HPP
#define ASIO_FS_OP_FADVISE_HPP

#include <asio_fs/advice.hpp>
#include <asio_fs/detail/bitmask.hpp>
#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <fcntl.h>

namespace asio_fs::op {

struct fadvise // say how a range of a file will be used: posix_fadvise(2)
{
    using result_type = void;
    static constexpr op_info info{"fadvise", opcode::fadvise, "posix_fadvise(2)", "5.6"};

    int fd;
    detail::file_offset offset;
    detail::file_offset length;                            // 0: to the end of the file
    advice use;

    void prepare(io_uring_sqe& s) noexcept
    {
        // Before Linux 6.9 the ring takes 32 bits of length. What is longer goes to the end of the file.
        io_uring_prep_rw(info.opcode, &s, fd, nullptr, length.sqe_length(), offset.sqe());
        s.fadvise_advice = static_cast<unsigned>(detail::native(use));
    }
    int syscall() noexcept
    {
        return -::posix_fadvise(fd, offset.native(), length.native(), detail::native(use));
    }
    bool valid() const noexcept { return length.valid(); }
};

} // namespace asio_fs::op

#endif
