// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_REMOVE_TREE_JOB_HPP
#define ASIO_FS_DETAIL_TREE_REMOVE_TREE_JOB_HPP

#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/remove_options.hpp>
#include <asio_fs/remove_report.hpp>

#include <utility>

namespace asio_fs::detail {

/// Remove a tree, or a root that is not a directory. A symbolic link as root is removed itself.
///
/// The root directory of the system and roots whose last component is missing, `.` or `..` are refused.
class remove_tree_job
{
public:
    static constexpr const char* op_name = "remove_tree";

    remove_tree_job(location root, remove_options options, const stop_flag& stop)
        : root_(std::move(root)), options_(std::move(options)), stop_(stop)
    {}

    /// Do it, in this thread and others that have ended on return.
    /// @return The first error, or operation_canceled if the stop flag cut the work short; success if all
    /// went well.
    /// @throws What a function in the options throws, or std::bad_alloc, when everything has come to rest.
    ASIO_FS_DECL error_code run(remove_report& report);

private:
    location root_;
    remove_options options_;
    const stop_flag& stop_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/remove_tree_job.ipp>
#endif

#endif
