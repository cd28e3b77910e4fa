// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TREE_ERROR_HPP
#define ASIO_FS_TREE_ERROR_HPP

#include <asio_fs/config.hpp>

#include <boost/system/error_code.hpp>

#include <string>
#include <string_view>

namespace asio_fs {

/// Describe what could not be done to one entry of a tree.
///
/// An operation on a whole tree goes on after such an error, so one run may produce many of these.
struct tree_error
{
    /// The entry, relative to the root of the operation; empty for the root itself. Names are bytes.
    std::string path;

    /// The system call or action that failed ("openat", "fsetxattr", ...). Refers to static storage.
    std::string_view step;

    /// Why it failed: a value of errno in the system category.
    boost::system::error_code code;
};

} // namespace asio_fs

#endif
