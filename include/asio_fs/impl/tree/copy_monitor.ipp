// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_MONITOR_IPP
#define ASIO_FS_IMPL_TREE_COPY_MONITOR_IPP

#include <asio_fs/detail/tree/copy_monitor.hpp>

#include <algorithm>

namespace asio_fs::detail {

ASIO_FS_DECL copy_monitor::copy_monitor(const copy_options& options, const stop_flag& stop)
    : job_monitor(stop, options.max_errors, options.on_error, options.on_failure), options_(options),
      next_progress_(deadline(options.progress_interval))
{}

// An interval may be as long as its type holds.
ASIO_FS_DECL copy_monitor::clock::rep copy_monitor::deadline(std::chrono::milliseconds interval)
{
    constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 365);
    return (clock::now() + std::min(interval, longest)).time_since_epoch().count();
}

ASIO_FS_DECL lane_counters& copy_monitor::add_lane()
{
    lane_counters* added = nullptr;
    with_lock([&] { added = &lanes_.emplace_back(); });
    return *added;
}

ASIO_FS_DECL error_code copy_monitor::finish(copy_report& report)
{
    if (options_.on_progress)
        call([this] { report_progress({}); });
    const error_code result = outcome(report.failures);
    static_cast<copy_counters&>(report) = {};
    sum(report);
    return result;
}

ASIO_FS_DECL void copy_monitor::report_progress(std::string_view path)
{
    copy_progress progress;
    sum(progress);
    progress.path = path;
    options_.on_progress(progress);
    // Counted from the end of the call, or a slow function would be called all the time.
    next_progress_.store(deadline(options_.progress_interval), std::memory_order_relaxed);
}

ASIO_FS_DECL void copy_monitor::sum(copy_counters& total) const
{
    total.errors = errors();
    for (const lane_counters& lane : lanes_)
    {
        total.directories += lane.directories.value();
        total.files += lane.files.value();
        total.symlinks += lane.symlinks.value();
        total.specials += lane.specials.value();
        total.hard_links += lane.hard_links.value();
        total.skipped += lane.skipped.value();
        total.bytes_copied += lane.bytes_copied.value();
        total.bytes_cloned += lane.bytes_cloned.value();
        total.bytes_in_holes += lane.bytes_in_holes.value();
        total.removed += lane.removed.value();
        total.verified += lane.verified.value();
        total.vanished += lane.vanished.value();
    }
}

} // namespace asio_fs::detail

#endif
