// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_WAITS_INLINE_HPP
#define ASIO_FS_DETAIL_WAITS_INLINE_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/detail/mount_table.hpp>

namespace asio_fs::detail {

// Whether io_uring would read and write this file in the submitting thread although that means waiting.
//
// The kernel takes a file that can be polled and says it is ready for one that does not make it wait. Files of FUSE
// always say so, and then the submission waits for the answer of a server that may never give one. Asks the kernel alone,
// never the file system. In doubt, yes.
ASIO_FS_DECL bool waits_inline(int fd, mount_table& mounts) noexcept;

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/waits_inline.ipp>
#endif

#endif
