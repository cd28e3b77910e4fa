// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_UNLINKAT_HPP
#define ASIO_FS_OP_UNLINKAT_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct unlinkat // remove a name, or an empty directory: unlinkat(2)
{
    using result_type = void;
    static constexpr op_info info{"unlinkat", opcode::unlinkat, "unlinkat(2)", "5.11"};

    int dirfd;
    path_string path;
    at_flags flags = at_flags::none;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_unlinkat(&s, dirfd, path.c_str(), detail::native(flags));
    }
    int syscall() noexcept { return detail::ret(::unlinkat(dirfd, path.c_str(), detail::native(flags))); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
