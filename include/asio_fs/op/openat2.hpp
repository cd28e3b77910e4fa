// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_OPENAT2_HPP
#define ASIO_FS_OP_OPENAT2_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/open_flags.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/resolve_flags.hpp>
#include <asio_fs/unique_fd.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <utility>

namespace asio_fs::op {

struct openat2 // open a file or directory, with limits on where the path may lead: openat2(2)
{
    using result_type = unique_fd;
    static constexpr op_info info{"openat2", opcode::openat2,
        "openat2(2)", "5.6", cancellable::while_waiting};

    openat2(int directory, path_string name, open_flags flags, mode_t mode, resolve_flags resolve)
        : dirfd(directory), path(std::move(name))
    {
        how.flags = static_cast<unsigned>(flags.native() | O_CLOEXEC);
        // Unlike openat(2), it insists on a mode of 0 when nothing is created.
        if ((flags.native() & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) != 0)
            how.mode = mode;
        how.resolve = detail::native(resolve);
    }

    int dirfd;
    path_string path;
    struct ::open_how how = {};

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_openat2(&s, dirfd, path.c_str(), &how);
        s.flags |= IOSQE_ASYNC;              // see openat
    }
    int syscall() noexcept
    {
        return detail::ret(::syscall(SYS_openat2, dirfd, path.c_str(), &how, sizeof(how)));
    }
    unique_fd result(int fd) noexcept { return unique_fd(fd); }
    void discard(int fd) noexcept { ::close(fd); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
