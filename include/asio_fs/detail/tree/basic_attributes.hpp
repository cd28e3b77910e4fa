// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_BASIC_ATTRIBUTES_HPP
#define ASIO_FS_DETAIL_TREE_BASIC_ATTRIBUTES_HPP

#include <ctime>

#include <asio_fs/config.hpp>

#include <sys/stat.h>

namespace asio_fs::detail {

/// What stat(2) says about an inode and a copy carries over.
struct basic_attributes
{
    mode_t mode = 0;
    uid_t user = 0;
    gid_t group = 0;
    timespec accessed = {};
    timespec modified = {};
};

inline basic_attributes attributes_of(const struct ::stat& status) noexcept
{
    return {status.st_mode, status.st_uid, status.st_gid, status.st_atim, status.st_mtim};
}

} // namespace asio_fs::detail

#endif
