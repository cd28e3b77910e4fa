// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_JOB_OP_HPP
#define ASIO_FS_DETAIL_JOB_OP_HPP

#include <asio_fs/detail/executor_of.hpp>
#include <asio_fs/detail/get_engine.hpp>
#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/op/operation.hpp>

#include <memory>
#include <new>
#include <string>
#include <utility>

namespace asio_fs::detail {

// A job on a file or a whole tree as one operation: to the engine it is a single long call on a worker thread, so
// cancellation, destruction and every completion token come from there.
template <class Job, class Report>
class job_op
{
public:
    using result_type = Report;
    static constexpr op::op_info info{Job::op_name};

    // A job says itself what stopped it.
    static constexpr bool restartable = false;

    // A job with one location or two.
    template <class Options>
    job_op(const dir_path& root, const Options& options)
        : path(root.path()), from_(root), to_(root), stop_(std::make_unique<stop_flag>()),
          job_(to_location(from_), options, *stop_)
    {
    }
    template <class Options>
    job_op(const dir_path& from, const dir_path& to, const Options& options)
        : path(from.path().view().empty() ? to.path() : from.path()), from_(from), to_(to),
          stop_(std::make_unique<stop_flag>()), job_(to_location(from_), to_location(to_), options, *stop_)
    {
    }

    int syscall() noexcept
    {
        if (const int error = from_.error() != 0 ? from_.error() : to_.error())
            return -error;
        try
        {
            const int error = job_.run(report_).value();
            if constexpr (requires { report_.failure; })
            {
                if (error != 0 && !report_.failure.path.empty())
                    path = report_.failure.path;
            }
            return -error;
        }
        catch (const std::bad_alloc&)
        {
            return -ENOMEM;
        }
        catch (...)
        {
            return -ECANCELED;   // one of the user's functions threw
        }
    }

    result_type result(int) noexcept { return std::move(report_); }
    result_type failed() noexcept { return std::move(report_); }
    void interrupt() noexcept { stop_->request_stop(); }

    path_string path;   // for what an exception says

private:
    static location to_location(const dir_path& p) { return {p.native_dir(), std::string(p.path().view())}; }

    dir_path from_;   // keep the directories open
    dir_path to_;
    std::unique_ptr<stop_flag> stop_;
    Job job_;
    result_type report_;
};

// The asynchronous form.
template <class Place, class Job, class Report, class Token>
auto async_job(Place& where, job_op<Job, Report> job, Token&& token)
{
    using executor_type = executor_of_t<Place>;
    const executor_type ex = executor_of(where);
    return async_run(initiation<executor_type>(ex, get_engine(ex)), std::move(job), std::forward<Token>(token));
}

// The token that the executor of a place stands for when none is given.
template <class Place>
using default_token_of = asio::default_completion_token_t<executor_of_t<std::remove_cvref_t<Place>>>;

} // namespace asio_fs::detail

#endif
