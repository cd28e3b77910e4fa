// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SYNCFS_HPP
#define ASIO_FS_OP_SYNCFS_HPP

#include <asio_fs/op/operation.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct syncfs // write the file system that holds an open file to its device: syncfs(2)
{
    using result_type = void;
    static constexpr op_info info{"syncfs", no_opcode, "syncfs(2)", "2.6.39"};

    int fd;

    int syscall() noexcept { return detail::ret(::syncfs(fd)); }
};

} // namespace asio_fs::op

#endif
