// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_SYSCALLS_HPP
#define ASIO_FS_DETAIL_TREE_SYSCALLS_HPP

#include <asio_fs/config.hpp>

#include <boost/system/error_code.hpp>

#include <cerrno>
#include <compare>
#include <ctime>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>

// Small helpers that the jobs share. The jobs make system calls directly: they run on threads that may block.

namespace asio_fs::detail {

using boost::system::error_code;

/// Make an error_code of an errno value.
inline error_code errno_code(int value) noexcept { return {value, boost::system::system_category()}; }

inline error_code last_error() noexcept { return errno_code(errno); }

/// Repeat a system call that a signal interrupted.
template <class Call>
inline auto uninterrupted(Call&& call) noexcept
{
    for (;;)
    {
        const auto result = call();
        if (result >= 0 || errno != EINTR)
            return result;
    }
}

/// The identity of an inode while it is in use.
struct file_id
{
    dev_t dev = 0;
    ino_t ino = 0;

    friend bool operator==(const file_id&, const file_id&) = default;
    friend auto operator<=>(const file_id&, const file_id&) = default;
};

inline file_id id_of(const struct ::stat& status) noexcept { return {status.st_dev, status.st_ino}; }

inline bool same_time(const timespec& a, const timespec& b) noexcept
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/// Whether a time is that of the source as the destination can hold it. Many file systems hold whole seconds; that
/// a time is one by chance costs no more than it would cost rsync(1), which compares seconds only.
inline bool same_stored_time(const timespec& source, const timespec& destination) noexcept
{
    return destination.tv_nsec == 0 ? source.tv_sec == destination.tv_sec : same_time(source, destination);
}

inline bool later(const timespec& a, const timespec& b) noexcept
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/// Flags with which a directory is opened to be read: never through a symbolic link.
inline constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;

/// Flags with which an entry of unknown nature is opened to be read: without following it, waiting for it or
/// becoming its session's terminal.
inline constexpr int entry_flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

/// Flags with which an entry is only named, whatever it is.
inline constexpr int name_flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;

/// Return the file creation mask without changing it, even for a moment; all ones where it cannot be found
/// out.
ASIO_FS_DECL mode_t current_umask();

/// Return the number of threads to use: `asked`, or one per CPU this process may run on.
ASIO_FS_DECL unsigned lane_count(unsigned asked);

/// A path split into the directory that holds its last component, and that component.
struct split_path
{
    std::string parent;
    std::string name;
};

/// Split a path; slashes at its end are dropped.
ASIO_FS_DECL split_path split(const std::string& path);

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/syscalls.ipp>
#endif

#endif
