// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_POLL_HPP
#define ASIO_FS_OP_POLL_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>

#include <poll.h>

namespace asio_fs::op {

struct poll // wait until a descriptor can be read or written: poll(2)
{
    using result_type = void;
    static constexpr op_info info{"poll", opcode::poll_add, "poll(2)", "5.1", cancellable::while_waiting};

    int fd;
    short events;                            // POLLIN, POLLOUT

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_poll_add(&s, fd, static_cast<unsigned>(events));
    }
    int syscall() noexcept
    {
        struct ::pollfd p = {fd, events, 0};
        const int result = detail::ret(::poll(&p, 1, -1));
        return result > 0 && (p.revents & POLLNVAL) != 0 ? -EBADF : result;
    }
    // poll(2) would pass over it and wait for ever.
    bool valid() const noexcept { return fd >= 0; }
};

} // namespace asio_fs::op

#endif
