// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FCHOWN_HPP
#define ASIO_FS_OP_FCHOWN_HPP

#include <asio_fs/op/operation.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct fchown // change owner and group of an open file: fchown(2)
{
    using result_type = void;
    static constexpr op_info info{"fchown", no_opcode, "fchown(2)", "1.0"};

    int fd;
    uid_t uid;                               // uid_t(-1): as it is
    gid_t gid;                               // gid_t(-1): as it is

    int syscall() noexcept { return detail::ret(::fchown(fd, uid, gid)); }
};

} // namespace asio_fs::op

#endif
