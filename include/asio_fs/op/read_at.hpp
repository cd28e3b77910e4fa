// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_READ_AT_HPP
#define ASIO_FS_OP_READ_AT_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/detail/io_buffers.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/uio.h>

#include <cstddef>

namespace asio_fs::op {

struct read_at // read from an offset, or from the stream position: preadv2(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"read_at", opcode::readv, "preadv2(2)", "5.1", cancellable::while_waiting};
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
        io_uring_prep_rw(opcode::read_fixed, &s, fd, buffers.data()->iov_base,
            static_cast<unsigned>(buffers.size()), offset.sqe());
        s.rw_flags = flags;
        s.buf_index = static_cast<unsigned short>(slot);
    }
    int syscall() noexcept
    {
        return detail::ret(::preadv2(fd, buffers.data(), buffers.count(), offset.native(), flags));
    }
    int attempt() noexcept
    {
        // Any error is left to the real attempt: not every file system can tell what is cached. So is the end
        // of the file, for which Linux 5.9 and 5.10 take what is not cached.
        const int bytes = detail::ret(
            ::preadv2(fd, buffers.data(), buffers.count(), offset.native(), flags | RWF_NOWAIT));
        return bytes > 0 ? bytes : -EAGAIN;
    }
    std::size_t result(int bytes) noexcept { return static_cast<std::size_t>(bytes); }
    error_code check(int bytes) const noexcept
    {
        return bytes == 0 && buffers.size() != 0 ? error_code(asio::error::eof) : error_code();
    }
};

} // namespace asio_fs::op

#endif
