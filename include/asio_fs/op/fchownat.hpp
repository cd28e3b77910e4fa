// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_FCHOWNAT_HPP
#define ASIO_FS_OP_FCHOWNAT_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <unistd.h>

namespace asio_fs::op {

struct fchownat // change owner and group of an entry: fchownat(2)
{
    using result_type = void;
    static constexpr op_info info{"fchownat", no_opcode, "fchownat(2)", "2.6.16"};

    int dirfd;
    path_string path;
    uid_t uid;                               // uid_t(-1): as it is
    gid_t gid;                               // gid_t(-1): as it is
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        return detail::ret(::fchownat(dirfd, path.c_str(), uid, gid, detail::native(flags)));
    }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
