// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_REMOVE_OPTIONS_HPP
#define ASIO_FS_REMOVE_OPTIONS_HPP

#include <asio_fs/entry_type.hpp>
#include <asio_fs/tree_error.hpp>

#include <cstddef>
#include <functional>
#include <string_view>

namespace asio_fs {

/// Say how a tree is to be removed.
///
/// The functions are called one at a time, though from any of the threads that do the work. An exception
/// that leaves one ends the removal with operation_aborted and goes no further.
struct remove_options
{
    /// How many threads remove at the same time; 0 stands for one per CPU this process may run on, and for a
    /// single one where more were measured not to help: on btrfs and xfs.
    unsigned workers = 0;

    /// Remove nothing, and report what would have been removed.
    bool dry_run = false;

    /// Enter no other file system: a directory on which one is mounted stays, with the directories above it.
    bool one_file_system = false;

    /// Asked for every entry but the root before it is removed, by its path relative to the root (valid only
    /// during the call) and its kind; an entry for which it returns false stays, with everything beneath it and
    /// the directories above.
    std::function<bool(std::string_view, entry_type)> filter = {};

    /// How many failures `remove_report::failures` keeps.
    std::size_t max_errors = 1000;

    /// Called with every failure when it occurs, also with those the report does not keep.
    std::function<void(const tree_error&)> on_error = {};

    /// Called for every entry that was removed: its path relative to the root (valid only during the call)
    /// and kind.
    std::function<void(std::string_view, entry_type)> on_entry = {};
};

} // namespace asio_fs

#endif
