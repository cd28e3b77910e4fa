// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_WALK_OPTIONS_HPP
#define ASIO_FS_WALK_OPTIONS_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/statx_mask.hpp>

#include <cstddef>

namespace asio_fs {

/// Say how a tree is to be walked.
struct walk_options
{
    /// Which fields of its status each entry carries; none is much faster.
    statx_mask fields = statx_mask::none;

    /// How deep the walk goes: 0 lists the root directory only, 1 also its subdirectories, and so on.
    std::size_t max_depth = static_cast<std::size_t>(-1);

    /// Enter no other file system: a directory on which one is mounted is listed, and nothing in it.
    bool one_file_system = false;

    /// How many threads list at the same time; 0 stands for one per CPU this process may run on, but no more
    /// than four. With more than one the order of directories varies from walk to walk.
    unsigned workers = 0;

    /// How many entries a batch holds at most.
    std::size_t batch_entries = 1024;

    /// How many bytes of paths a batch holds at most; it is exceeded by no more than one path.
    std::size_t batch_bytes = 256 * 1024;
};

} // namespace asio_fs

#endif
