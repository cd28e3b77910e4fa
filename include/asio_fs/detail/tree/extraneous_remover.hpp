// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_EXTRANEOUS_REMOVER_HPP
#define ASIO_FS_DETAIL_TREE_EXTRANEOUS_REMOVER_HPP

#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_dir.hpp>
#include <asio_fs/detail/tree/dir_reader.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/entry_type.hpp>

#include <string>

namespace asio_fs::detail {

/// Remove from a directory of the destination what the source does not have.
///
/// Whether the source has a name is asked of the source when it comes up: nothing is remembered, and a name
/// that appeared there since the scan is left alone.
class extraneous_remover
{
public:
    extraneous_remover(copy_context& context, lane_counters& counters)
        : context_(context), counters_(counters)
    {}

    /// Do it, if it is asked for and `dir` was scanned without an error.
    /// @param from, to  Both directories, open.
    ASIO_FS_DECL void remove(const copy_dir& dir, int from, int to);

    /// Remove a directory that is in the way of an entry, with everything in it, except for what the filter protects.
    /// @param to  Where it lies, open.
    ASIO_FS_DECL void clear(const copy_dir& dir, int to, const char* name);

private:
    ASIO_FS_DECL static bool has_other_spelling(int from, int to, const char* name);
    ASIO_FS_DECL bool belongs_to_copy(const copy_dir& dir, int from, const char* name);
    ASIO_FS_DECL void remove_entry(const copy_dir& dir, int from, int to, const char* name, entry_type type);
    ASIO_FS_DECL void remove_subtree(const copy_dir& dir, int to, const char* name);
    ASIO_FS_DECL void removed(const std::string& path, entry_type type);

    copy_context& context_;
    lane_counters& counters_;
    dir_reader reader_;
    stop_flag stop_; // of the removal of a subtree
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/extraneous_remover.ipp>
#endif

#endif
