// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_BYTE_COMPARER_IPP
#define ASIO_FS_IMPL_TREE_BYTE_COMPARER_IPP

#include <asio_fs/detail/tree/byte_comparer.hpp>

#include <cstring>

#include <unistd.h>

namespace asio_fs::detail {

// Read until `size` bytes are there or the file ends.
inline ssize_t read_block(int fd, char* buffer, std::size_t size, off_t offset)
{
    std::size_t done = 0;
    while (done < size)
    {
        const ssize_t n = uninterrupted(
            [&] { return ::pread(fd, buffer + done, size - done, offset + static_cast<off_t>(done)); });
        if (n < 0)
            return n;
        if (n == 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    return static_cast<ssize_t>(done);
}

ASIO_FS_DECL byte_comparer::result byte_comparer::compare(int a, int b)
{
    if (!buffers_)
        buffers_.reset(new char[2 * buffer_size_]);
    char* const first = buffers_.get();
    char* const second = first + buffer_size_;
    for (off_t offset = 0;;)
    {
        if (stopping_())
            return {false, errno_code(ECANCELED), "read"};
        const ssize_t n = read_block(a, first, buffer_size_, offset);
        const ssize_t m = n < 0 ? 0 : read_block(b, second, buffer_size_, offset);
        if (n < 0 || m < 0)
            return {false, last_error(), n < 0 ? "read" : "read (destination)"};
        if (n != m || std::memcmp(first, second, static_cast<std::size_t>(n)) != 0)
            return {};
        if (static_cast<std::size_t>(n) < buffer_size_)
            return {true};
        offset += n;
    }
}

} // namespace asio_fs::detail

#endif
