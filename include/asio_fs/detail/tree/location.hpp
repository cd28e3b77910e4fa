// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_LOCATION_HPP
#define ASIO_FS_DETAIL_TREE_LOCATION_HPP

#include <asio_fs/config.hpp>

#include <string>

namespace asio_fs::detail {

/// Name the root of a job: a path relative to a directory descriptor, which the job borrows.
struct location
{
    /// An open directory, or AT_FDCWD.
    int dirfd;

    /// May be absolute; empty stands for the directory itself.
    std::string path;
};

} // namespace asio_fs::detail

#endif
