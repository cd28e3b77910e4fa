// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_MKFIFOAT_HPP
#define ASIO_FS_OP_MKFIFOAT_HPP

#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <sys/stat.h>

namespace asio_fs::op {

struct mkfifoat // create a fifo: mkfifoat(3)
{
    using result_type = void;
    static constexpr op_info info{"mkfifoat", no_opcode, "mkfifoat(3)", "2.6.16"};

    int dirfd;
    path_string path;
    mode_t mode = 0666;

    int syscall() noexcept { return detail::ret(::mkfifoat(dirfd, path.c_str(), mode)); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
