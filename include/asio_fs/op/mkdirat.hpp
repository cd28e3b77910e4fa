// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_MKDIRAT_HPP
#define ASIO_FS_OP_MKDIRAT_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/stat.h>

namespace asio_fs::op {

struct mkdirat // create a directory: mkdirat(2)
{
    using result_type = void;
    static constexpr op_info info{"mkdirat", opcode::mkdirat, "mkdirat(2)", "5.15"};

    int dirfd;
    path_string path;
    mode_t mode = 0777;

    void prepare(io_uring_sqe& s) noexcept { io_uring_prep_mkdirat(&s, dirfd, path.c_str(), mode); }
    int syscall() noexcept { return detail::ret(::mkdirat(dirfd, path.c_str(), mode)); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
