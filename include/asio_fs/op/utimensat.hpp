// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_UTIMENSAT_HPP
#define ASIO_FS_OP_UTIMENSAT_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/file_times.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/stat.h>

namespace asio_fs::op {

struct utimensat // set access and modification time of an entry: utimensat(2)
{
    using result_type = void;
    static constexpr op_info info{"utimensat", no_opcode, "utimensat(2)", "2.6.22"};

    int dirfd;
    path_string path;
    file_times times;
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        const timespec t[2] = {times.atime, times.mtime};
        return detail::ret(::utimensat(dirfd, path.c_str(), t, detail::native(flags)));
    }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
