// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_JOB_MONITOR_IPP
#define ASIO_FS_IMPL_TREE_JOB_MONITOR_IPP

#include <asio_fs/detail/tree/job_monitor.hpp>

#include <utility>

namespace asio_fs::detail {

ASIO_FS_DECL void job_monitor::fail(std::string path, std::string_view step, error_code code)
{
    // A call that was interrupted because the job is to stop is no failure.
    if ((code == errno_code(EINTR) || code == errno_code(ECANCELED)) && stopping())
        return;
    tree_error error{std::move(path), step, code};
    call(
        [&]
        {
            if (errors_.fetch_add(1, std::memory_order_relaxed) == 0)
                first_ = code;
            if (on_failure_ == error_policy::stop)
                failed_.store(true, std::memory_order_relaxed);
            if (on_error_)
                on_error_(error);
            if (failures_.size() < most_)
                failures_.push_back(std::move(error));
        });
}

ASIO_FS_DECL void job_monitor::caught(std::exception_ptr exception) noexcept
{
    const std::lock_guard lock(mutex_);
    keep(std::move(exception));
}

ASIO_FS_DECL void job_monitor::keep(std::exception_ptr exception) noexcept
{
    if (!exception_)
        exception_ = std::move(exception);
    thrown_.store(true, std::memory_order_relaxed);
}

ASIO_FS_DECL error_code job_monitor::outcome(std::vector<tree_error>& failures)
{
    const std::lock_guard lock(mutex_);
    if (exception_)
        std::rethrow_exception(exception_);
    failures = std::move(failures_);
    return cut_short_.load(std::memory_order_relaxed) ? errno_code(ECANCELED) : first_;
}

} // namespace asio_fs::detail

#endif
