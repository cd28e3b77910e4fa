// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_FILE_BASE_HPP
#define ASIO_FS_FILE_BASE_HPP

#include <asio_fs/detail/bitmask.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace asio_fs {

/// Name the flags with which files and directories are opened: extended_file::read_only and so on.
class file_base
{
public:
    /// How a file is opened, as in open(2); the values are the kernel's. Combine them with `|`.
    /**
     * The first part is what asio::file_base has, under the same names.
     */
    enum flags : int
    {
        read_only = O_RDONLY,            ///< read
        write_only = O_WRONLY,           ///< write
        read_write = O_RDWR,             ///< read and write
        append = O_APPEND,               ///< write at the end, whatever the position
        create = O_CREAT,                ///< create the file if it does not exist
        exclusive = O_EXCL,              ///< with create: fail with EEXIST if it does
        truncate = O_TRUNC,              ///< make the file empty
        sync_all_on_write = O_SYNC,      ///< a write completes when it is on the device, metadata included

        sync_data_on_write = O_DSYNC,    ///< each write is on the device, as far as reading it back needs
        directory = O_DIRECTORY,         ///< fail with ENOTDIR unless it is a directory
        no_follow = O_NOFOLLOW,          ///< fail with ELOOP if the last component is a symbolic link
        non_blocking = O_NONBLOCK,       ///< wait neither for the other end of a fifo nor for a lease
        no_controlling_tty = O_NOCTTY,   ///< a terminal does not become that of the process
        no_access_time = O_NOATIME,      ///< reading leaves the access time; the owner's privilege
        direct = O_DIRECT,               ///< bypass the page cache: offset, length and memory must be aligned
        path_only = O_PATH,              ///< name the entry without opening it
        temporary = O_TMPFILE            ///< create a file without a name in the directory that is given
    };

    /// Where seek() counts from.
    enum seek_basis : int
    {
        seek_set = SEEK_SET,             ///< the beginning of the file
        seek_cur = SEEK_CUR,             ///< the stream position
        seek_end = SEEK_END              ///< the end of the file
    };

protected:
    ~file_base() = default;
};

template <>
inline constexpr bool detail::is_bitmask<file_base::flags> = true;

} // namespace asio_fs

#endif
