// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CREATE_DIRECTORIES_REPORT_HPP
#define ASIO_FS_CREATE_DIRECTORIES_REPORT_HPP

#include <asio_fs/tree_error.hpp>

#include <cstddef>

namespace asio_fs {

/// Say what became of missing directories.
struct create_directories_report
{
    /// How many were made; they stay if a later one fails.
    std::size_t created = 0;

    /// What stopped it, without a code if nothing did: `path` is the part of the path that could not be made
    /// or passed, as it was given.
    tree_error failure;
};

} // namespace asio_fs

#endif
