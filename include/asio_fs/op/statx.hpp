// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_STATX_HPP
#define ASIO_FS_OP_STATX_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/file_status.hpp>
#include <asio_fs/op/opcode.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/statx_mask.hpp>

#include <fcntl.h>
#include <sys/stat.h>

namespace asio_fs::op {

struct statx // get type, size, owner, times, ... of an entry: statx(2)
{
    using result_type = file_status;
    static constexpr op_info info{"statx", opcode::statx, "statx(2)", "5.6"};

    int dirfd;
    path_string path = {};                   // empty, with at_flags::empty_path: dirfd itself
    at_flags flags = at_flags::empty_path;
    statx_mask mask = statx_mask::basic_stats | statx_mask::btime;
    struct ::statx buffer = {};

    void prepare(io_uring_sqe& s) noexcept
    {
        io_uring_prep_statx(&s, dirfd, path.c_str(), detail::native(flags), detail::native(mask), &buffer);
    }
    int syscall() noexcept
    {
        return detail::ret(::statx(dirfd, path.c_str(), detail::native(flags), detail::native(mask),
            &buffer));
    }
    file_status result(int) noexcept { return file_status(buffer); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
