// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_CONTEXT_HPP
#define ASIO_FS_DETAIL_TREE_COPY_CONTEXT_HPP

#include <asio_fs/copy_options.hpp>
#include <asio_fs/detail/tree/copy_dir.hpp>
#include <asio_fs/detail/tree/copy_monitor.hpp>
#include <asio_fs/detail/tree/credentials.hpp>
#include <asio_fs/detail/tree/dir_cache.hpp>
#include <asio_fs/detail/tree/file_gate.hpp>
#include <asio_fs/detail/tree/lane_team.hpp>
#include <asio_fs/detail/tree/link_groups.hpp>
#include <asio_fs/detail/tree/rate_limit.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

namespace asio_fs::detail {

/// What the lanes of a copy share.
struct copy_context
{
    copy_context(const copy_options& options_, const stop_flag& stop)
        : options(options_), me(credentials::of_process()), privileged(me.privileged), umask(current_umask()),
          monitor(options_, stop), files(options_.max_files_in_flight), rate(options_.bytes_per_second),
          directories(0, &stop), team(lane_count(options_.workers))
    {}

    bool preserves(preserve_flags what) const noexcept { return has(options.preserve, what); }

    /// With which mode a directory is created. Until it has its owner, its mode and its access control list, nobody
    /// may get at it who will not in the end; if it does not get those of the source, there is nothing to wait for.
    mode_t directory_mode(mode_t source) const noexcept
    {
        const preserve_flags later = preserve_flags::mode | preserve_flags::owner | preserve_flags::acls;
        return (options.preserve & later) == preserve_flags::none ? (source & 0777) | 0700 : 0700;
    }

    const copy_options& options;
    const std::string backup_suffix{options.backup_suffix};
    const credentials me;
    const bool privileged;
    const mode_t umask;
    copy_monitor monitor;
    file_gate files;
    rate_limit rate;
    dir_cache directories; // outlives everything that refers to a directory
    link_groups links;
    lane_team<copy_dir> team;
    file_id from_root;
    file_id to_root; // all zero while it does not exist
};

} // namespace asio_fs::detail

#endif
