// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_CHANGES_HPP
#define ASIO_FS_COPY_CHANGES_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Say what a copy changed about an entry that was at the destination before. Combine with `|`, `&`.
enum class copy_changes : unsigned
{
    none = 0,                    ///< it is as it was
    created = 1u << 0,           ///< nothing of this name and kind was there; nothing else is said then
    content = 1u << 1,           ///< bytes differ (comparison::content); a symbolic link leads elsewhere
    size = 1u << 2,              ///< the size differs
    modification_time = 1u << 3, ///< the modification time differs
    access_time = 1u << 4,       ///< the access time differs; not told of symbolic links
    mode = 1u << 5,              ///< permission bits differ
    user = 1u << 6,              ///< the owning user differs
    group = 1u << 7,             ///< the owning group differs
    acls = 1u << 8,              ///< an access control list differs
    xattrs = 1u << 9             ///< another extended attribute differs
};

/// Combine sets of changes.
/// @{
constexpr copy_changes operator|(copy_changes a, copy_changes b) noexcept
{
    return static_cast<copy_changes>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

constexpr copy_changes operator&(copy_changes a, copy_changes b) noexcept
{
    return static_cast<copy_changes>(static_cast<unsigned>(a) & static_cast<unsigned>(b));
}

constexpr copy_changes& operator|=(copy_changes& a, copy_changes b) noexcept { return a = a | b; }
/// @}

/// Say whether `set` contains every change of `wanted`.
constexpr bool has(copy_changes set, copy_changes wanted) noexcept { return (set & wanted) == wanted; }

} // namespace asio_fs

#endif
