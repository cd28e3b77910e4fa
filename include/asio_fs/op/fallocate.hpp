// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FALLOCATE_HPP
#define ASIO_FS_OP_FALLOCATE_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/fallocate_mode.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <fcntl.h>

namespace asio_fs::op {

struct fallocate // reserve, give back, zero, insert or cut out a range of a file: fallocate(2)
{
    using result_type = void;
    static constexpr op_info info{"fallocate", opcode::fallocate,
        "fallocate(2)", "5.6", cancellable::any_time};

    int fd;
    fallocate_mode mode;
    detail::file_offset offset;
    detail::file_offset length;

    void prepare(io_uring_sqe& s) noexcept
    {
        // Not liburing's function: its types have changed from release to release.
        io_uring_prep_rw(info.opcode, &s, fd, nullptr, static_cast<unsigned>(detail::native(mode)),
            offset.sqe());
        s.addr = length.sqe();
    }
    int syscall() noexcept
    {
        return detail::ret(::fallocate(fd, detail::native(mode), offset.native(), length.native()));
    }
};

} // namespace asio_fs::op

#endif
