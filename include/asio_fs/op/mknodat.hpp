// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_MKNODAT_HPP
#define ASIO_FS_OP_MKNODAT_HPP

#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/stat.h>

namespace asio_fs::op {

struct mknodat // create a device, fifo, socket or empty file: mknodat(2)
{
    using result_type = void;
    static constexpr op_info info{"mknodat", no_opcode, "mknodat(2)", "2.6.16"};

    int dirfd;
    path_string path;
    mode_t mode;                             // with the type, S_IF...
    dev_t device = 0;

    int syscall() noexcept { return detail::ret(::mknodat(dirfd, path.c_str(), mode, device)); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
