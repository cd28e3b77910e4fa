// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_SPLICE_PIECE_IPP
#define ASIO_FS_IMPL_SPLICE_PIECE_IPP

#include <asio_fs/detail/no_sigpipe.hpp>
#include <asio_fs/detail/splice_piece.hpp>
#include <asio_fs/error.hpp>
#include <asio_fs/unique_fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace asio_fs::detail {

int splice_piece(int from, file_offset offset, int to, std::size_t size) noexcept
{
    off64_t at = offset.native();
    if (offset.is_stream_position())
        at = ::lseek(from, 0, SEEK_CUR);
    else if (!offset.valid())
        return -EINVAL;
    if (at < 0)
        return -errno;

    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return -errno;
    const unique_fd out(ends[0]), in(ends[1]);
    // A larger pipe means fewer system calls. The kernel may refuse it to a user who has many; then so be it.
    constexpr std::size_t default_size = 64 * 1024, largest = 1024 * 1024;
    if (size > default_size)
        ::fcntl(in.get(), F_SETPIPE_SZ, static_cast<int>(std::min(size, largest)));

    off64_t next = at;
    const ssize_t read = ::splice(from, &next, in.get(), nullptr, std::min(size, largest), 0);
    if (read <= 0)
        // Not what it means for the caller: that the destination is full.
        return read == 0 ? 0 : errno == EAGAIN ? -EINVAL : -errno;

    no_sigpipe quiet;
    ssize_t arrived = 0;
    int error = 0;
    while (arrived < read)
    {
        const ssize_t n = ::splice(out.get(), nullptr, to, nullptr, static_cast<std::size_t>(read - arrived),
            SPLICE_F_NONBLOCK);
        if (n <= 0)
        {
            error = n < 0 ? errno : EIO;
            break;
        }
        arrived += n;
    }
    if (error == EPIPE)
        quiet.take();
    if (arrived == 0)
        return -error;
    if (offset.is_stream_position())
        ::lseek(from, at + arrived, SEEK_SET);
    return static_cast<int>(arrived);
}

} // namespace asio_fs::detail

#endif
