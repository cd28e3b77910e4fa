// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SEEK_HOLE_HPP
#define ASIO_FS_OP_SEEK_HOLE_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/op/operation.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace asio_fs::op {

struct seek_hole // find where a hole, or the end, begins at or after an offset: lseek(2)
{
    using result_type = std::uint64_t;
    static constexpr op_info info{"seek_hole", no_opcode, "lseek(2)", "3.1"};

    int fd;
    detail::file_offset offset;
    off_t found = 0;

    int syscall() noexcept
    {
        found = ::lseek(fd, offset.native(), SEEK_HOLE);
        return found < 0 ? -errno : 0;
    }
    std::uint64_t result(int) noexcept { return static_cast<std::uint64_t>(found); }
};

} // namespace asio_fs::op

#endif
