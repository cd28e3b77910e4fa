// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SYNC_FILE_RANGE_HPP
#define ASIO_FS_OP_SYNC_FILE_RANGE_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/sync_range_flags.hpp>

#include <fcntl.h>

namespace asio_fs::op {

struct sync_file_range // start, or wait for, the writing of a range of pages: sync_file_range(2)
{
    using result_type = void;
    static constexpr op_info info{"sync_file_range", opcode::sync_file_range, "sync_file_range(2)", "5.2"};

    int fd;
    detail::file_offset offset;
    detail::file_offset length;                            // 0: to the end of the file
    sync_range_flags flags;

    void prepare(io_uring_sqe& s) noexcept
    {
        // The ring takes 32 bits of length. What is longer goes to the end of the file.
        io_uring_prep_rw(info.opcode, &s, fd, nullptr, length.sqe_length(), offset.sqe());
        s.sync_range_flags = detail::native(flags);
    }
    int syscall() noexcept
    {
        return detail::ret(::sync_file_range(fd, offset.native(), length.native(), detail::native(flags)));
    }
    bool valid() const noexcept { return length.valid(); }
};

} // namespace asio_fs::op

#endif
