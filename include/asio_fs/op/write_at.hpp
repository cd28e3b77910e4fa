// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_WRITE_AT_HPP
#define ASIO_FS_OP_WRITE_AT_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/detail/io_buffers.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/uio.h>

#include <cstddef>

namespace asio_fs::op {

struct write_at // write at an offset, or at the stream position: pwritev2(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"write_at", opcode::writev,
        "pwritev2(2)", "5.1", cancellable::while_waiting};
    static constexpr bool transfers_data = true;

    int fd;
    detail::io_buffers buffers;
    detail::file_offset offset = detail::file_offset::stream_position();
    int flags = 0;                           // RWF_...

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_rw(info.opcode, &s, fd, buffers.data(), static_cast<unsigned>(buffers.count()),
            offset.sqe());
        s.rw_flags = flags;
    }
    void prepare_registered(io_uring_sqe& s, int slot) noexcept
    {
        io_uring_prep_rw(opcode::write_fixed, &s, fd, buffers.data()->iov_base,
            static_cast<unsigned>(buffers.size()), offset.sqe());
        s.rw_flags = flags;
        s.buf_index = static_cast<unsigned short>(slot);
    }
    int syscall() noexcept
    {
        return detail::ret(::pwritev2(fd, buffers.data(), buffers.count(), offset.native(), flags));
    }
    std::size_t result(int bytes) noexcept { return static_cast<std::size_t>(bytes); }
};

} // namespace asio_fs::op

#endif
