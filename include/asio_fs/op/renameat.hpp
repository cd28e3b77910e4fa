// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_RENAMEAT_HPP
#define ASIO_FS_OP_RENAMEAT_HPP

#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/rename_flags.hpp>

#include <cstdio>

namespace asio_fs::op {

struct renameat // rename, move or exchange entries: renameat2(2)
{
    using result_type = void;
    static constexpr op_info info{"renameat", opcode::renameat, "renameat2(2)", "5.11"};

    int dirfd;
    path_string path;
    int new_dirfd;
    path_string new_path;
    rename_flags flags = rename_flags::none;

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_renameat(&s, dirfd, path.c_str(), new_dirfd, new_path.c_str(), detail::native(flags));
    }
    int syscall() noexcept
    {
        return detail::ret(::renameat2(dirfd, path.c_str(), new_dirfd, new_path.c_str(),
            detail::native(flags)));
    }
    bool valid() const noexcept { return path.valid() && new_path.valid(); }
    int& other_fd() noexcept { return new_dirfd; }
};

} // namespace asio_fs::op

#endif
