// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_OPTIONS_HPP
#define ASIO_FS_COPY_OPTIONS_HPP

#include <asio_fs/copy_entry.hpp>
#include <asio_fs/copy_method.hpp>
#include <asio_fs/copy_progress.hpp>
#include <asio_fs/overwrite_policy.hpp>
#include <asio_fs/preserve_flags.hpp>
#include <asio_fs/tree_error.hpp>

#include <chrono>
#include <cstddef>
#include <functional>

namespace asio_fs {

/// Say how a file or a tree is to be copied. By default everything is preserved and everything is
/// overwritten.
///
/// The functions are called one at a time, though from any of the threads that do the copying, and hold them
/// up while they run. They must not wait for the copy itself. An exception they throw ends the copy.
struct copy_options
{
    /// Which properties of the entries are carried over.
    preserve_flags preserve = preserve_flags::all;

    /// How the content of files travels.
    copy_method method = copy_method::automatic;

    /// What happens to entries that exist at the destination.
    overwrite_policy overwrite = overwrite_policy::always;

    /// Create and change nothing, and report what would have been done.
    bool dry_run = false;

    /// How many threads copy at the same time; 0 stands for one per CPU this process may run on.
    unsigned workers = 0;

    /// The size in bytes of each thread's buffer; brought into the range 4 KiB to 8 MiB.
    std::size_t buffer_size = 256 * 1024;

    /// How many failures `copy_report::failures` keeps.
    std::size_t max_errors = 1000;

    /// The least time between two calls of on_progress.
    std::chrono::milliseconds progress_interval{100};

    /// Called with every failure when it occurs, also with those the report does not keep.
    std::function<void(const tree_error&)> on_error = {};

    /// Called from time to time with the counters, and once more when the copy is over.
    std::function<void(const copy_progress&)> on_progress = {};

    /// Called for every entry when it is finished; a directory is finished after its content.
    std::function<void(const copy_entry&)> on_entry = {};
};

} // namespace asio_fs

#endif
