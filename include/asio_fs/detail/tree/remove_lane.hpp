// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_REMOVE_LANE_HPP
#define ASIO_FS_DETAIL_TREE_REMOVE_LANE_HPP

#include <asio_fs/detail/tree/dir_cache.hpp>
#include <asio_fs/detail/tree/dir_reader.hpp>
#include <asio_fs/detail/tree/job_monitor.hpp>
#include <asio_fs/detail/tree/lane_team.hpp>
#include <asio_fs/entry_type.hpp>
#include <asio_fs/remove_options.hpp>

#include <atomic>
#include <cstdint>
#include <string>

namespace asio_fs::detail {

/// A directory that is being removed. It lives until everything in it is gone or has failed.
struct remove_dir
{
    remove_dir(remove_dir* parent_, dir_node_ptr node_) : parent(parent_), node(std::move(node_)) {}

    remove_dir* next_task = nullptr; ///< the lane team's
    remove_dir* const parent;        ///< which outlives it; null for the root
    const dir_node_ptr node;
    std::atomic<unsigned> pending{1};    ///< its scan and its subdirectories
    std::atomic<bool> incomplete{false}; ///< something in it could not be removed, which was reported
    std::int64_t position = 0;           ///< where the scan goes on
    unsigned scans = 0;
    error_code unreadable; ///< why it could not be opened
};

/// What the lanes of a removal share.
struct remove_context
{
    remove_context(const remove_options& options_, const stop_flag& stop)
        : options(options_), monitor(stop, options_.max_errors, options_.on_error), directories(0, &stop),
          team(lane_count(options_.workers))
    {}

    const remove_options& options;
    job_monitor monitor;
    dir_cache directories;
    lane_team<remove_dir> team;
    dev_t device = 0;     ///< of the root
    int root_parent = -1; ///< where the root lies
    std::string root_name;
    std::atomic<std::uint64_t> removed_directories{0};
    std::atomic<std::uint64_t> removed_files{0};
};

/// One of the threads of a removal.
class remove_lane
{
public:
    explicit remove_lane(remove_context& context) : context_(context) {}
    ~remove_lane() { context_.removed_files.fetch_add(files_, std::memory_order_relaxed); }
    remove_lane(const remove_lane&) = delete;
    remove_lane& operator=(const remove_lane&) = delete;

    /// Work until the team has nothing left.
    ASIO_FS_DECL void run();

    /// Remove an entry that is no directory. Returns false if it is one.
    /// @param in  The directory it lies in; null for the root.
    ASIO_FS_DECL bool remove_entry(remove_dir* in, int dir, const char* name, entry_type type);

private:
    ASIO_FS_DECL bool scan(remove_dir& dir);
    ASIO_FS_DECL bool is_entered(remove_dir& dir, int fd);
    ASIO_FS_DECL bool is_wanted(remove_dir& in, int dir, const char* name, entry_type type);
    ASIO_FS_DECL void release(remove_dir* dir);
    ASIO_FS_DECL bool finish(remove_dir& dir);
    ASIO_FS_DECL int remove_directory(remove_dir& dir);
    ASIO_FS_DECL void fail(remove_dir* in, std::string path, std::string_view step, error_code code);

    remove_context& context_;
    dir_reader reader_;
    std::uint64_t files_ = 0;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/remove_lane.ipp>
#endif

#endif
