// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FUTIMENS_HPP
#define ASIO_FS_OP_FUTIMENS_HPP

#include <asio_fs/file_times.hpp>
#include <asio_fs/op/operation.hpp>

#include <sys/stat.h>

namespace asio_fs::op {

struct futimens // set access and modification time of an open file: futimens(3)
{
    using result_type = void;
    static constexpr op_info info{"futimens", no_opcode, "futimens(3)", "2.6.22"};

    int fd;
    file_times times;

    int syscall() noexcept
    {
        const timespec t[2] = {times.atime, times.mtime};
        return detail::ret(::futimens(fd, t));
    }
};

} // namespace asio_fs::op

#endif
