// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_BUFFERED_STEP_HPP
#define ASIO_FS_DETAIL_TREE_BUFFERED_STEP_HPP

#include <asio_fs/detail/tree/copy_ladder.hpp>
#include <asio_fs/detail/tree/plain_calls.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace asio_fs::detail {

/// Take one step of read(2) and write(2), of as many bytes as the buffer holds. `call` becomes the name of the
/// last call that was made.
inline void buffered_step(int in, int out, copy_ladder& ladder, char* buffer, std::size_t buffer_size,
                          std::string_view& call)
{
    call = "read";
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(ladder.remaining(), buffer_size));
    const ssize_t n = plain_calls::pread(in, buffer, length, static_cast<off_t>(ladder.offset()));
    if (n <= 0)
        return n < 0 ? ladder.failed(errno) : ladder.done(0);
    call = "write";
    for (ssize_t at = 0; at < n;)
    {
        const ssize_t m = plain_calls::pwrite(out, buffer + at, static_cast<std::size_t>(n - at),
                                              static_cast<off_t>(ladder.offset()));
        if (m < 0 && errno == EINTR)
            continue;
        if (m <= 0)
            return ladder.failed(m < 0 ? errno : ENOSPC);
        at += m;
        ladder.done(static_cast<std::uint64_t>(m));
    }
}

} // namespace asio_fs::detail

#endif
