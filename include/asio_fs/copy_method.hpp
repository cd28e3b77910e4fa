// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_METHOD_HPP
#define ASIO_FS_COPY_METHOD_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Choose how the content of files travels.
enum class copy_method : unsigned char
{
    /// The cheapest way the two file systems offer, falling to the next one where it does not work.
    automatic,

    /// Share the blocks (ioctl_ficlone(2)); a file for which that is impossible is an error.
    reflink,

    /// copy_file_range(2), which may share blocks or copy on a server; falls to splice and read/write.
    copy_file_range,

    /// splice(2) through a pipe; falls to read/write.
    splice,

    /// read(2) and write(2) through a buffer; blocks are never shared.
    read_write,

    /// O_DIRECT and io_uring with many transfers in flight, past the page cache: for files that nobody reads
    /// soon. Files smaller than the buffer, sparse files, file systems without O_DIRECT, and systems that
    /// refuse io_uring get read(2) and write(2).
    direct
};

} // namespace asio_fs

#endif
