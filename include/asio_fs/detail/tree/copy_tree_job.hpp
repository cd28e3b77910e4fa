// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_TREE_JOB_HPP
#define ASIO_FS_DETAIL_TREE_COPY_TREE_JOB_HPP

#include <asio_fs/copy_options.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

#include <utility>

namespace asio_fs::detail {

/// Copy a tree, or a root that is not a directory. `to` becomes the copy of `from` itself; a directory that
/// is there is merged.
///
/// A symbolic link as `from` is copied and not followed, unless a slash ends the path. `to` may lead to an
/// existing directory through symbolic links.
class copy_tree_job
{
public:
    static constexpr const char* op_name = "copy_tree";

    copy_tree_job(location from, location to, copy_options options, const stop_flag& stop)
        : from_(std::move(from)), to_(std::move(to)), options_(std::move(options)), stop_(stop)
    {}

    /// Do it, in this thread and others that have ended on return.
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
#include <asio_fs/impl/tree/copy_tree_job.ipp>
#endif

#endif
