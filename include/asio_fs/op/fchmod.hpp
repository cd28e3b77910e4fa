// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FCHMOD_HPP
#define ASIO_FS_OP_FCHMOD_HPP

#include <asio_fs/op/operation.hpp>

#include <sys/stat.h>

namespace asio_fs::op {

struct fchmod // change the permission bits of an open file: fchmod(2)
{
    using result_type = void;
    static constexpr op_info info{"fchmod", no_opcode, "fchmod(2)", "1.0"};

    int fd;
    mode_t mode;

    int syscall() noexcept { return detail::ret(::fchmod(fd, mode)); }
};

} // namespace asio_fs::op

#endif
