// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_COPY_FILE_RANGE_HPP
#define ASIO_FS_OP_COPY_FILE_RANGE_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/op/operation.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace asio_fs::op {

struct copy_file_range // copy a range of a file inside the kernel: copy_file_range(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"copy_file_range", no_opcode,
        "copy_file_range(2)", "4.5", cancellable::any_time};

    int fd;
    detail::file_offset offset;
    int destination;
    detail::file_offset destination_offset;
    std::size_t size;

    int syscall() noexcept
    {
        off64_t from = offset.native();
        off64_t to = destination_offset.native();
        return detail::ret(::copy_file_range(fd, offset.is_stream_position() ? nullptr : &from, destination,
            destination_offset.is_stream_position() ? nullptr : &to, std::min(size, most), 0));
    }
    std::size_t result(int bytes) noexcept { return static_cast<std::size_t>(bytes); }

    // What a result still holds; the kernel stops there by itself.
    static constexpr std::size_t most = 0x7ffff000;
    int& other_fd() noexcept { return destination; }
};

} // namespace asio_fs::op

#endif
