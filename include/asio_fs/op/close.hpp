// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_CLOSE_HPP
#define ASIO_FS_OP_CLOSE_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct close // close a file descriptor: close(2)
{
    using result_type = void;
    static constexpr op_info info{"close", opcode::close, "close(2)", "5.6", cancellable::never};

    // On Linux an interrupted close has closed: the number may belong to somebody else by now.
    static constexpr bool restartable = false;

    int fd;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_close(&s, fd);
        s.flags |= IOSQE_ASYNC;   // the last close of a large deleted file frees its blocks, here or in a kernel worker
    }
    int syscall() noexcept { return detail::ret(::close(fd)); }
    void abandon() noexcept { ::close(fd); }
};

} // namespace asio_fs::op

#endif
