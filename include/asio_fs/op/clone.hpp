// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_CLONE_HPP
#define ASIO_FS_OP_CLONE_HPP

#include <asio_fs/op/operation.hpp>

#include <linux/fs.h>
#include <sys/ioctl.h>

namespace asio_fs::op {

struct clone // make a file share the blocks of another one: ioctl_ficlone(2)
{
    using result_type = void;
    static constexpr op_info info{"clone", no_opcode, "ioctl_ficlone(2)", "4.5"};

    int fd;                                  // the source
    int destination;

    int syscall() noexcept { return detail::ret(::ioctl(destination, FICLONE, fd)); }
    int& other_fd() noexcept { return destination; }
};

} // namespace asio_fs::op

#endif
