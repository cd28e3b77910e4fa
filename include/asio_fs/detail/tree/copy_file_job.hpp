// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_FILE_JOB_HPP
#define ASIO_FS_DETAIL_TREE_COPY_FILE_JOB_HPP

#include <asio_fs/copy_options.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

#include <utility>

namespace asio_fs::detail {

/// Copy one regular file. `from` may lead to it through symbolic links; `to` is its new name, and what has
/// that name is replaced as the overwrite policy says, unless it is a directory or the file itself.
class copy_file_job
{
public:
    static constexpr const char* op_name = "copy_file";

    copy_file_job(location from, location to, copy_options options, const stop_flag& stop)
        : from_(std::move(from)), to_(std::move(to)), options_(std::move(options)), stop_(stop)
    {}

    /// Do it, in this thread.
    /// @return The first error, or operation_canceled if the stop flag cut the work short; success if all
    /// went well.
    /// @throws What a function in the options throws, or std::bad_alloc, when everything has come to rest.
    ASIO_FS_DECL error_code run(copy_report& report);

private:
    location from_;
    location to_;
    copy_options options_;
    const stop_flag& stop_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/copy_file_job.ipp>
#endif

#endif
