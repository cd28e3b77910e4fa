// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_REPORT_HPP
#define ASIO_FS_COPY_REPORT_HPP

#include <asio_fs/copy_counters.hpp>
#include <asio_fs/tree_error.hpp>

#include <vector>

namespace asio_fs {

/// Say what a finished copy did and which entries it could not copy faithfully.
struct copy_report : copy_counters
{
    /// The first `copy_options::max_errors` failures, in the order they occurred; `errors` counts all of
    /// them.
    std::vector<tree_error> failures;
};

} // namespace asio_fs

#endif
