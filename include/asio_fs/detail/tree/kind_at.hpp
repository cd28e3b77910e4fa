// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_KIND_AT_HPP
#define ASIO_FS_DETAIL_TREE_KIND_AT_HPP

#include <asio_fs/entry_type.hpp>

#include <fcntl.h>
#include <sys/stat.h>

namespace asio_fs::detail {

/// The kind of an entry that somebody decides by: not every file system tells it with the name.
/// @param listed  What the directory says.
inline entry_type kind_at(int dir, const char* name, entry_type listed) noexcept
{
    struct ::stat status;
    if (listed != entry_type::unknown || ::fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return listed;
    return entry_type_of(status.st_mode);
}

} // namespace asio_fs::detail

#endif
