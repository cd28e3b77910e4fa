// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_RANGE_LOCK_HPP
#define ASIO_FS_DETAIL_RANGE_LOCK_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/error.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace asio_fs::detail {

// Open-file-description locks: they belong to the open file, not to the process as those of F_SETLK do, which
// any close(2) of another descriptor of the same file gives away.
inline int range_lock(int fd, int command, short type, file_offset offset, file_offset length) noexcept
{
    struct ::flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = offset.native();
    lock.l_len = length.native();            // 0: to the end, wherever that will be
    return ret(::fcntl(fd, command, &lock));
}

} // namespace asio_fs::detail

#endif
