// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_COUNTERS_HPP
#define ASIO_FS_COPY_COUNTERS_HPP

#include <asio_fs/config.hpp>

#include <cstdint>

namespace asio_fs {

/// Count what a copy has done so far, or in a dry run what it would have done.
struct copy_counters
{
    /// Directories created or merged.
    std::uint64_t directories = 0;

    /// Regular files whose content was copied.
    std::uint64_t files = 0;

    /// Symbolic links created.
    std::uint64_t symlinks = 0;

    /// Fifos, sockets and device nodes created.
    std::uint64_t specials = 0;

    /// Names that were linked to an entry copied before.
    std::uint64_t hard_links = 0;

    /// Entries left as they were because of the overwrite policy, and entries left out because of their kind
    /// or because nothing new was to be created. Those that the filter leaves out are not counted.
    std::uint64_t skipped = 0;

    /// Bytes of data moved from source to destination.
    std::uint64_t bytes_copied = 0;

    /// Bytes that source and destination now share (reflink).
    std::uint64_t bytes_cloned = 0;

    /// Bytes in holes, which were not read.
    std::uint64_t bytes_in_holes = 0;

    /// Entries removed from the destination, since the source has none of their name.
    std::uint64_t removed = 0;

    /// Files that were read back and found to be equal to their source.
    std::uint64_t verified = 0;

    /// Failures that are due to an entry having gone from the source before it could be copied. They count as
    /// errors, too.
    std::uint64_t vanished = 0;

    /// Failures, each reported as a tree_error.
    std::uint64_t errors = 0;
};

} // namespace asio_fs

#endif
