// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CREATE_DIRECTORIES_OPTIONS_HPP
#define ASIO_FS_CREATE_DIRECTORIES_OPTIONS_HPP

#include <asio_fs/resolve_flags.hpp>

#include <sys/types.h>

namespace asio_fs {

/// Say how missing directories are made.
struct create_directories_options
{
    /// Permission bits of every directory that is made; the umask applies. Without write and search
    /// permission for the owner, only root gets beyond the first.
    mode_t mode = 0777;

    /// How far the path may lead, as for openat2(2). `resolve_flags::beneath` keeps it below the directory
    /// that it starts from, whatever symbolic links and ".." are in it.
    resolve_flags resolve = resolve_flags::none;
};

} // namespace asio_fs

#endif
