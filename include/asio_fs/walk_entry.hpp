// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_WALK_ENTRY_HPP
#define ASIO_FS_WALK_ENTRY_HPP

#include <asio_fs/entry_type.hpp>
#include <asio_fs/file_status.hpp>

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace asio_fs {

/// Describe one entry met while walking a tree.
struct walk_entry
{
    /// The entry, relative to the root of the walk. Names are bytes.
    std::string path;

    /// Its kind; entry_type::unknown where an error prevented finding out.
    entry_type type = entry_type::unknown;

    /// How deep it lies: 0 for the entries of the root directory.
    std::size_t depth = 0;

    /// What statx(2) says, if the walk was asked for it. Symbolic links are not followed.
    std::optional<file_status> status = {};

    /// What went wrong with this entry. A directory that cannot be read appears a second time, with the
    /// error.
    boost::system::error_code error = {};

    /// The system call or action that failed; refers to static storage.
    std::string_view step = {};
};

} // namespace asio_fs

#endif
