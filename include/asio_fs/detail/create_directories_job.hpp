// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_CREATE_DIRECTORIES_JOB_HPP
#define ASIO_FS_DETAIL_CREATE_DIRECTORIES_JOB_HPP

#include <asio_fs/create_directories_options.hpp>
#include <asio_fs/create_directories_report.hpp>
#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/error.hpp>
#include <asio_fs/unique_fd.hpp>

#include <string>
#include <utility>

namespace asio_fs::detail {

// Makes every directory of a path that is missing.
class create_directories_job
{
public:
    static constexpr const char* op_name = "create_directories";

    create_directories_job(location where, const create_directories_options& options, const stop_flag& stop)
        : where_(std::move(where)), options_(options), stop_(stop)
    {}

    // Does it, in this thread. Returns what failed, or operation_canceled.
    ASIO_FS_DECL error_code run(create_directories_report& report);

private:
    ASIO_FS_DECL unique_fd open(const std::string& path) const noexcept;

    location where_;
    create_directories_options options_;
    const stop_flag& stop_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/create_directories_job.ipp>
#endif

#endif
