// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_LOCK_TYPE_HPP
#define ASIO_FS_LOCK_TYPE_HPP

#include <asio_fs/config.hpp>

#include <fcntl.h>

namespace asio_fs {

/// What a lock on a range of a file keeps others from: F_RDLCK and F_WRLCK of fcntl(2).
enum class lock_type : short
{
    shared = F_RDLCK,      ///< no exclusive lock besides it; the file must be open for reading
    exclusive = F_WRLCK    ///< no other lock besides it; the file must be open for writing
};

} // namespace asio_fs

#endif
