// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FCHMODAT_HPP
#define ASIO_FS_OP_FCHMODAT_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace asio_fs::op {

struct fchmodat // change the permission bits of an entry: fchmodat(2)
{
    using result_type = void;
    static constexpr op_info info{"fchmodat", no_opcode, "fchmodat(2)", "2.6.16"};

    int dirfd;
    path_string path;
    mode_t mode;
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        if (flags == at_flags::none)
            return detail::ret(::fchmodat(dirfd, path.c_str(), mode, 0));
        // The system call that takes flags came with Linux 6.6; the number is the same on every architecture
        // but alpha. Before, glibc goes through /proc for symlink_nofollow.
        const int result = detail::ret(::syscall(452, dirfd, path.c_str(), mode, detail::native(flags)));
        if (result != -ENOSYS)
            return result;
        return detail::ret(::fchmodat(dirfd, path.c_str(), mode, detail::native(flags)));
    }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
