// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_LINK_DESCRIPTOR_HPP
#define ASIO_FS_DETAIL_LINK_DESCRIPTOR_HPP

#include <asio_fs/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace asio_fs::detail {

// Gives an open file a name. The direct way is a privilege (CAP_DAC_READ_SEARCH; since Linux 6.10 also of
// whoever opened the file) and is refused with ENOENT; the other leads through /proc. EOPNOTSUPP when neither
// is there.
inline int link_descriptor(int file, int dirfd, const char* path) noexcept
{
    const int direct = ret(::linkat(file, "", dirfd, path, AT_EMPTY_PATH));
    if (direct != -ENOENT)
        return direct;
    char self[32];
    std::snprintf(self, sizeof self, "/proc/self/fd/%d", file);
    const int by_proc = ret(::linkat(AT_FDCWD, self, dirfd, path, AT_SYMLINK_FOLLOW));
    // ENOENT is also said of a directory of the new name, and of a file that was deleted.
    struct ::stat status;
    return by_proc == -ENOENT && ::lstat(self, &status) != 0 ? -EOPNOTSUPP : by_proc;
}

} // namespace asio_fs::detail

#endif
