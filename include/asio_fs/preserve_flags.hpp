// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_PRESERVE_FLAGS_HPP
#define ASIO_FS_PRESERVE_FLAGS_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Say which properties of an entry a copy carries over. Combine the values with `|`, `&` and `~`.
enum class preserve_flags : unsigned
{
    none = 0,       ///< content and names only
    /// permission bits, with set-user-ID, set-group-ID and the sticky bit; otherwise files keep the permissions of
    /// what they replace, and new ones get the source's as far as the umask leaves them
    mode = 1u << 0,
    user = 1u << 1,              ///< the owning user; without privilege only what the kernel permits, silently
    group = 1u << 2,             ///< the owning group; likewise
    owner = user | group,        ///< both
    modification_time = 1u << 3, ///< the time of the last modification, in nanoseconds
    access_time = 1u << 4,       ///< the time of the last access, in nanoseconds
    times = modification_time | access_time, ///< both
    xattrs = 1u << 5,            ///< extended attributes, with security labels and file capabilities
    acls = 1u << 6,              ///< POSIX access control lists
    links = 1u << 7, ///< names of one inode stay names of one inode; otherwise each becomes a file of its own
    sparse = 1u << 8,        ///< holes stay holes; otherwise they are written as zeros
    symlinks = 1u << 9,      ///< symbolic links; otherwise they are left out and counted as skipped
    device_files = 1u << 10, ///< block and character devices; otherwise left out and counted as skipped
    special_files = 1u << 11, ///< fifos and sockets; otherwise left out and counted as skipped
    devices = device_files | special_files, ///< both
    directory_times = 1u << 12, ///< the times above for directories, too
    all = (1u << 13) - 1u       ///< everything
};

/// Combine sets of properties.
/// @{
constexpr preserve_flags operator|(preserve_flags a, preserve_flags b) noexcept
{
    return static_cast<preserve_flags>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

constexpr preserve_flags operator&(preserve_flags a, preserve_flags b) noexcept
{
    return static_cast<preserve_flags>(static_cast<unsigned>(a) & static_cast<unsigned>(b));
}

constexpr preserve_flags operator~(preserve_flags a) noexcept
{
    return static_cast<preserve_flags>(~static_cast<unsigned>(a)) & preserve_flags::all;
}

constexpr preserve_flags& operator|=(preserve_flags& a, preserve_flags b) noexcept { return a = a | b; }
constexpr preserve_flags& operator&=(preserve_flags& a, preserve_flags b) noexcept { return a = a & b; }
/// @}

/// Say whether `set` contains every flag of `wanted`.
constexpr bool has(preserve_flags set, preserve_flags wanted) noexcept { return (set & wanted) == wanted; }

} // namespace asio_fs

#endif
