// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ADVICE_HPP
#define ASIO_FS_ADVICE_HPP

#include <asio_fs/config.hpp>

#include <fcntl.h>

namespace asio_fs {

/// How a program is going to use a range of a file: POSIX_FADV_... of posix_fadvise(2).
enum class advice : int
{
    normal = POSIX_FADV_NORMAL,           ///< nothing is known
    sequential = POSIX_FADV_SEQUENTIAL,   ///< from front to back: read further ahead
    random = POSIX_FADV_RANDOM,           ///< anywhere: do not read ahead
    will_need = POSIX_FADV_WILLNEED,      ///< soon: start to read it into the cache
    dont_need = POSIX_FADV_DONTNEED,      ///< not again: drop clean pages from the cache
    no_reuse = POSIX_FADV_NOREUSE         ///< only once
};

} // namespace asio_fs

#endif
