// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_JOB_MONITOR_HPP
#define ASIO_FS_DETAIL_TREE_JOB_MONITOR_HPP

#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/error_policy.hpp>
#include <asio_fs/tree_error.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace asio_fs::detail {

/// Gather what the lanes of a job report, call the user's functions one at a time, and say when to stop.
class job_monitor
{
public:
    job_monitor(const stop_flag& stop, std::size_t most,
                const std::function<void(const tree_error&)>& on_error,
                error_policy on_failure = error_policy::go_on)
        : stop_(stop), most_(most), on_error_(on_error), on_failure_(on_failure)
    {}
    job_monitor(const job_monitor&) = delete;
    job_monitor& operator=(const job_monitor&) = delete;

    /// Whether to stop. A lane that is told so leaves work undone, and the job counts as cancelled unless it
    /// ends because of a failure.
    bool stopping() noexcept
    {
        if (failed_.load(std::memory_order_relaxed))
            return true;
        if (!stop_.stop_requested() && !thrown_.load(std::memory_order_relaxed))
            return false;
        cut_short_.store(true, std::memory_order_relaxed);
        return true;
    }

    ASIO_FS_DECL void fail(std::string path, std::string_view step, error_code code);

    /// Call a function of the user. What it throws ends the job.
    template <class Function>
    void call(Function&& function)
    {
        const std::lock_guard lock(mutex_);
        call_locked(function);
    }

    /// Like call(), but give up if another function is being called.
    template <class Function>
    void try_call(Function&& function)
    {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (lock)
            call_locked(function);
    }

    /// End the job because of an exception.
    ASIO_FS_DECL void caught(std::exception_ptr exception) noexcept;

    std::uint64_t errors() const noexcept { return errors_.load(std::memory_order_relaxed); }

    /// The result of a job whose lanes have ended. Throws what ended the job, if that was an exception.
    ASIO_FS_DECL error_code outcome(std::vector<tree_error>& failures);

protected:
    /// Do something that call() must not happen at the same time as.
    template <class Function>
    void with_lock(Function&& function)
    {
        const std::lock_guard lock(mutex_);
        function();
    }

private:
    template <class Function>
    void call_locked(Function& function)
    {
        try
        {
            if (!thrown_.load(std::memory_order_relaxed))
                function();
        }
        catch (...)
        {
            keep(std::current_exception());
        }
    }
    ASIO_FS_DECL void keep(std::exception_ptr exception) noexcept;

    const stop_flag& stop_;
    const std::size_t most_;
    const std::function<void(const tree_error&)>& on_error_;
    const error_policy on_failure_;
    std::atomic<bool> failed_{false}; // and that was to end the job
    std::atomic<bool> cut_short_{false};
    std::atomic<bool> thrown_{false};
    std::atomic<std::uint64_t> errors_{0};
    std::mutex mutex_;
    error_code first_;
    std::vector<tree_error> failures_;
    std::exception_ptr exception_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/job_monitor.ipp>
#endif

#endif
