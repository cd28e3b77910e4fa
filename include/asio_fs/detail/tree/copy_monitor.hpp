// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_MONITOR_HPP
#define ASIO_FS_DETAIL_TREE_COPY_MONITOR_HPP

#include <asio_fs/copy_options.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/detail/tree/job_monitor.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>

namespace asio_fs::detail {

/// A number that one lane counts up and any lane may read.
class lane_counter
{
public:
    void add(std::uint64_t n) noexcept { value_.store(value() + n, std::memory_order_relaxed); }
    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// What one lane has done so far.
struct lane_counters
{
    lane_counter directories;
    lane_counter files;
    lane_counter symlinks;
    lane_counter specials;
    lane_counter hard_links;
    lane_counter skipped;
    lane_counter bytes_copied;
    lane_counter bytes_cloned;
    lane_counter bytes_in_holes;
    lane_counter removed;
    lane_counter verified;
    lane_counter vanished;
};

/// Gather what the lanes of a copy report.
class copy_monitor : public job_monitor
{
public:
    ASIO_FS_DECL copy_monitor(const copy_options& options, const stop_flag& stop);

    /// Add a lane; its counters live as long as the monitor.
    ASIO_FS_DECL lane_counters& add_lane();

    /// An entry is finished. `path` is a function that makes its path, called only if somebody wants to know.
    template <class Path>
    void entry(Path&& path, entry_type type, copy_entry::action what, std::uint64_t bytes,
               copy_changes changes = copy_changes::none, std::string_view target = {})
    {
        if (!options_.on_entry)
            return;
        const std::string name = path();
        call([&] { options_.on_entry({name, type, what, bytes, changes, target}); });
    }

    /// Whether an entry is to be looked at. `path` is a function that makes its path, called only if there is
    /// a filter.
    template <class Path>
    bool wants(Path&& path, entry_type type, bool extraneous)
    {
        if (!options_.filter)
            return true;
        const std::string name = path();
        bool wanted = false;
        call([&] { wanted = options_.filter({name, type, extraneous}); });
        return wanted;
    }

    /// Report progress if it is time to.
    template <class Path>
    void tick(Path&& path)
    {
        if (!options_.on_progress || !due())
            return;
        const std::string name = path();
        try_call(
            [&]
            {
                if (due())
                    report_progress(name);
            });
    }

    /// The result of a copy whose lanes have ended.
    ASIO_FS_DECL error_code finish(copy_report& report);

private:
    using clock = std::chrono::steady_clock;

    bool due() const noexcept
    {
        return clock::now().time_since_epoch().count() >= next_progress_.load(std::memory_order_relaxed);
    }
    ASIO_FS_DECL static clock::rep deadline(std::chrono::milliseconds interval);
    ASIO_FS_DECL void report_progress(std::string_view path);
    ASIO_FS_DECL void sum(copy_counters& total) const;

    const copy_options& options_;
    std::atomic<clock::rep> next_progress_;
    std::list<lane_counters> lanes_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/copy_monitor.ipp>
#endif

#endif
