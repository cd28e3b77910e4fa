// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SPLICE_PIECE_HPP
#define ASIO_FS_DETAIL_SPLICE_PIECE_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/detail/file_offset.hpp>

#include <cstddef>

namespace asio_fs::detail {

// Moves up to a pipeful of a file into whatever `to` is, through a pipe of its own. Returns the number of
// bytes that arrived, 0 at the end of the file, or -errno if none did; -EAGAIN means that the destination
// takes none at present.
//
// The file is always read at an offset. What is read and does not arrive goes with the pipe, and the stream
// position is set afterwards to what did: nothing is ever lost between the two.
ASIO_FS_DECL int splice_piece(int from, file_offset offset, int to, std::size_t size) noexcept;

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/splice_piece.ipp>
#endif

#endif
