// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SYMLINKAT_HPP
#define ASIO_FS_OP_SYMLINKAT_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct symlinkat // create a symbolic link: symlinkat(2)
{
    using result_type = void;
    static constexpr op_info info{"symlinkat", opcode::symlinkat, "symlinkat(2)", "5.15"};

    path_string target;
    int dirfd;
    path_string path;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_symlinkat(&s, target.c_str(), dirfd, path.c_str());
    }
    int syscall() noexcept { return detail::ret(::symlinkat(target.c_str(), dirfd, path.c_str())); }
    bool valid() const noexcept { return path.valid() && target.valid(); }
};

} // namespace asio_fs::op

#endif
