// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_LOCK_HPP
#define ASIO_FS_OP_LOCK_HPP

#include <asio_fs/detail/range_lock.hpp>
#include <asio_fs/lock_type.hpp>
#include <asio_fs/op/operation.hpp>

namespace asio_fs::op {

struct lock // lock a range of a file, and wait for those who have it: fcntl(2)
{
    using result_type = void;
    static constexpr op_info info{"lock", no_opcode, "fcntl(2)", "3.15", cancellable::while_waiting};
    static constexpr bool waits_for_others = true;

    int fd;
    lock_type type;
    detail::file_offset offset = 0;
    detail::file_offset length = 0;          // 0: to the end of the file

    int syscall() noexcept
    {
        return detail::range_lock(fd, F_OFD_SETLKW, static_cast<short>(type), offset, length);
    }
    bool valid() const noexcept { return offset.valid() && length.valid(); }
};

} // namespace asio_fs::op

#endif
