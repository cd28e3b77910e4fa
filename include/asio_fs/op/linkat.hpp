// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_LINKAT_HPP
#define ASIO_FS_OP_LINKAT_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct linkat // give a file another name: linkat(2)
{
    using result_type = void;
    static constexpr op_info info{"linkat", opcode::linkat, "linkat(2)", "5.15"};

    int dirfd;
    path_string path;
    int new_dirfd;
    path_string new_path;
    at_flags flags = at_flags::none;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_linkat(&s, dirfd, path.c_str(), new_dirfd, new_path.c_str(), detail::native(flags));
    }
    int syscall() noexcept
    {
        return detail::ret(::linkat(dirfd, path.c_str(), new_dirfd, new_path.c_str(), detail::native(flags)));
    }
    bool valid() const noexcept { return path.valid() && new_path.valid(); }
    int& other_fd() noexcept { return new_dirfd; }
};

} // namespace asio_fs::op

#endif
