// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_OPENAT_HPP
#define ASIO_FS_OP_OPENAT_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/open_flags.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/unique_fd.hpp>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace asio_fs::op {

struct openat // open a file or directory relative to a directory: openat(2)
{
    using result_type = unique_fd;
    static constexpr op_info info{"openat", opcode::openat, "openat(2)", "5.6", cancellable::while_waiting};

    int dirfd;
    path_string path;
    open_flags flags = open_flags::read_only;
    mode_t mode = 0666;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_openat(&s, dirfd, path.c_str(), native_flags(), mode);
        // Without it the kernel tries at once when the path is cached: then a hung network or FUSE file system blocks the
        // loop, and a fifo is opened with O_NONBLOCK, which means something else.
        s.flags |= IOSQE_ASYNC;
    }
    int syscall() noexcept { return detail::ret(::openat(dirfd, path.c_str(), native_flags(), mode)); }
    unique_fd result(int fd) noexcept { return unique_fd(fd); }
    void discard(int fd) noexcept { ::close(fd); }
    bool valid() const noexcept { return path.valid(); }

    int native_flags() const noexcept { return flags.native() | O_CLOEXEC; }
};

} // namespace asio_fs::op

#endif
