// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_REPLACE_FILE_OPTIONS_HPP
#define ASIO_FS_REPLACE_FILE_OPTIONS_HPP

#include <asio_fs/config.hpp>

#include <sys/types.h>

namespace asio_fs {

/// Say how a file is replaced, or made.
struct replace_file_options
{
    /// Permission bits of a new file, and of any file without keep_mode; the umask applies.
    mode_t mode = 0666;

    /// Give the new file the permission bits of the one replaced, but for set-user-ID and set-group-ID.
    bool keep_mode = true;

    /// Give the new file the owner and group of the one replaced.
    bool keep_owner = true;

    /// Give the new file the extended attributes of the one replaced, access control list and SELinux label
    /// included, but for those that belong to the content: capabilities and signatures. The list brings its
    /// mode.
    bool keep_xattrs = true;

    /// Write the content to the device before the file gets its name.
    bool sync_file = true;

    /// Write the name to the device before the operation completes.
    bool sync_dir = true;
};

} // namespace asio_fs

#endif
