// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SPLICE_TO_HPP
#define ASIO_FS_OP_SPLICE_TO_HPP

#include <asio_fs/detail/file_offset.hpp>
#include <asio_fs/detail/splice_piece.hpp>
#include <asio_fs/op/operation.hpp>

#include <cstddef>

namespace asio_fs::op {

// The opcode moves data from or to a pipe. This is the whole way, so that what was read and not written is
// known.
struct splice_to // move data from a file to a file, socket or pipe, or fail if that is full: splice(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"splice_to", no_opcode, "splice(2)", "2.6.17", cancellable::any_time};

    int fd;
    detail::file_offset offset;
    int destination;                         // stays open: the caller's business
    std::size_t size;

    int syscall() noexcept { return detail::splice_piece(fd, offset, destination, size); }
    std::size_t result(int bytes) noexcept { return static_cast<std::size_t>(bytes); }
};

} // namespace asio_fs::op

#endif
