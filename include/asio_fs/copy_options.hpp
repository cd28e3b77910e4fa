// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_OPTIONS_HPP
#define ASIO_FS_COPY_OPTIONS_HPP

#include <asio_fs/comparison.hpp>
#include <asio_fs/copy_candidate.hpp>
#include <asio_fs/copy_entry.hpp>
#include <asio_fs/copy_method.hpp>
#include <asio_fs/copy_progress.hpp>
#include <asio_fs/error_policy.hpp>
#include <asio_fs/overwrite_policy.hpp>
#include <asio_fs/preserve_flags.hpp>
#include <asio_fs/retry_policy.hpp>
#include <asio_fs/sync_policy.hpp>
#include <asio_fs/tree_error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace asio_fs {

/// Say how a file or a tree is to be copied. By default everything is preserved and everything is
/// overwritten.
///
/// The functions are called one at a time, though from any of the threads that do the copying, and hold them
/// up while they run. They must not wait for the copy itself. An exception that leaves one ends the copy with
/// operation_aborted and goes no further.
struct copy_options
{
    // No member may point into itself, as a std::string does: GCC 12 copies temporary aggregates bit by bit into
    // the frames of coroutines.

    /// Which properties of the entries are carried over.
    preserve_flags preserve = preserve_flags::all;

    /// How the content of files travels.
    copy_method method = copy_method::automatic;

    /// What happens to entries that exist at the destination.
    overwrite_policy overwrite = overwrite_policy::always;

    /// Create and change nothing, and report what would have been done.
    bool dry_run = false;

    /// What makes a file count as the same, for overwrite_policy::different.
    comparison compare = comparison::size_and_time;

    /// Leave files at the destination alone whose modification time is later than the source's, whatever the
    /// overwrite policy says.
    bool keep_newer = false;

    /// Create nothing that is not at the destination already.
    bool existing_only = false;

    /// Remove what is at the destination, in directories that were copied, and not at the source, or left out by
    /// the filter; the filter is asked about each of them, too. Where a directory of the source could not be
    /// read, nothing is removed from its copy. What a killed run left under temporary names goes, too; names
    /// that end with backup_suffix stay.
    bool remove_extraneous = false;

    /// Do not enter directories of other file systems than the root's; they are created empty.
    bool one_file_system = false;

    /// Let a file appear under its name only when it is complete. What replaces an entry does so in any case:
    /// it is made under a temporary name beside it, `.NAME.XXXXXX`, and renamed. So does every file where an
    /// incomplete one would be taken for what must stay: with `keep_newer`, and with other overwrite policies than
    /// `always` and `different`.
    bool atomic = false;

    /// Write into regular files that exist instead of replacing them; other names of theirs see it, and a
    /// copy that fails leaves them half written. Holes are written as zeros there. Without effect if there is
    /// a backup_suffix.
    bool in_place = false;

    /// Leave what was copied of a new file when its copy fails or is cancelled, with a modification time two
    /// seconds before the source's. Where a file was to be replaced, the old one stays in any case.
    bool keep_partial = false;

    /// If not empty, what would be replaced or removed is renamed instead: to its name with this appended.
    /// What has that name is replaced. Where that fails, the entry fails and what is there stays.
    /// Must not contain a slash.
    /// The characters must live until the copy is over.
    std::string_view backup_suffix = {};

    /// What is brought to stable storage.
    sync_policy sync = sync_policy::none;

    /// Read every copied file back, past the page cache where the file system can, and compare it with its
    /// source. What differs is copied once more; if it differs again, that is a failure (EIO).
    bool verify = false;

    /// The most bytes of data moved per second, by all threads together; 0 for no limit. What is cloned or
    /// lies in a hole is not moved.
    std::uint64_t bytes_per_second = 0;

    /// What happens when an entry fails.
    error_policy on_failure = error_policy::go_on;

    /// How failures that may pass are dealt with.
    retry_policy retry = {};

    /// How many threads copy at the same time; 0 stands for one per CPU this process may run on, and for a
    /// single one where more were measured not to help: when a new tree is made on btrfs.
    unsigned workers = 0;

    /// How many regular files are open for copying at the same time, at most; 0 for no limit but `workers`.
    unsigned max_files_in_flight = 0;

    /// The size in bytes of each thread's buffer; brought into the range 4 KiB to 8 MiB.
    std::size_t buffer_size = 256 * 1024;

    /// How many transfers copy_method::direct keeps in flight for each thread; brought into the range 1 to
    /// 4096. Each has a buffer of its own, of buffer_size bytes; all of a thread's hold no more than 64 MiB.
    unsigned queue_depth = 8;

    /// Asked for every entry but the root before anything is done with it; an entry for which it returns
    /// false is left out, a directory with everything beneath it. Asked likewise before an extraneous entry
    /// is removed, which stays then, as do the directories it lies in.
    std::function<bool(const copy_candidate&)> filter = {};

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
