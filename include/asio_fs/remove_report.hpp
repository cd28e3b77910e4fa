// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_REMOVE_REPORT_HPP
#define ASIO_FS_REMOVE_REPORT_HPP

#include <asio_fs/tree_error.hpp>

#include <cstdint>
#include <vector>

namespace asio_fs {

/// Say what a finished removal did and which entries it could not remove.
struct remove_report
{
    /// Directories removed.
    std::uint64_t directories = 0;

    /// Entries of any other kind removed.
    std::uint64_t files = 0;

    /// Failures, each reported as a tree_error.
    std::uint64_t errors = 0;

    /// The first `remove_options::max_errors` failures, in the order they occurred.
    std::vector<tree_error> failures;
};

} // namespace asio_fs

#endif
