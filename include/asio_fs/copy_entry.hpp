// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_ENTRY_HPP
#define ASIO_FS_COPY_ENTRY_HPP

#include <asio_fs/copy_changes.hpp>
#include <asio_fs/entry_type.hpp>

#include <cstdint>
#include <string_view>

namespace asio_fs {

/// Name one entry that a copy has finished. Passed to `copy_options::on_entry`.
struct copy_entry
{
    /// What happened to the entry.
    enum class action : unsigned char
    {
        copied,    ///< created, replaced or merged
        linked,    ///< linked to an entry copied before
        up_to_date, ///< its content was left as it was, because of the overwrite policy
        left_out,   ///< its kind is not among what is to be preserved, or it may not be created
        removed     ///< removed from the destination, since the source has none of its name
    };

    /// The entry, relative to the root; empty for the root itself. Valid only during the call.
    std::string_view path;

    /// Its kind.
    entry_type type = entry_type::unknown;

    /// What was done.
    action what = action::copied;

    /// The size of its content in bytes; zero for all but regular files.
    std::uint64_t bytes = 0;

    /// What differed at the destination.
    copy_changes changes = copy_changes::none;

    /// Where a symbolic link leads; the entry that a name was linked to, relative to the root. Valid only
    /// during the call.
    std::string_view target = {};
};

} // namespace asio_fs

#endif
