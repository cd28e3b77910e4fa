// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SEEK_HPP
#define ASIO_FS_OP_SEEK_HPP

#include <asio_fs/op/operation.hpp>

#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace asio_fs::op {

struct seek // move the stream position: lseek(2). It waits for nothing, so it has no asynchronous form.
{
    using result_type = std::uint64_t;
    static constexpr op_info info{"seek", no_opcode, "lseek(2)"};

    int fd;
    std::int64_t offset;
    int whence;
    off_t position = 0;

    int syscall() noexcept
    {
        position = ::lseek(fd, offset, whence);
        return position < 0 ? -errno : 0;
    }
    std::uint64_t result(int) noexcept { return static_cast<std::uint64_t>(position); }
};

} // namespace asio_fs::op

#endif
