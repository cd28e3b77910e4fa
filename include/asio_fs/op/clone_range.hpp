// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_CLONE_RANGE_HPP
#define ASIO_FS_OP_CLONE_RANGE_HPP

#include <asio_fs/op/operation.hpp>

#include <linux/fs.h>
#include <sys/ioctl.h>

#include <cstdint>

namespace asio_fs::op {

struct clone_range // make a range of a file share the blocks of another one: ioctl_ficlonerange(2)
{
    using result_type = void;
    static constexpr op_info info{"clone_range", no_opcode, "ioctl_ficlonerange(2)", "4.5"};

    int fd;                                  // the source
    std::uint64_t offset;
    int destination;
    std::uint64_t destination_offset;
    std::uint64_t length;                    // 0: to the end of the source

    int syscall() noexcept
    {
        const file_clone_range range = {fd, offset, length, destination_offset};
        return detail::ret(::ioctl(destination, FICLONERANGE, &range));
    }
    int& other_fd() noexcept { return destination; }
};

} // namespace asio_fs::op

#endif
