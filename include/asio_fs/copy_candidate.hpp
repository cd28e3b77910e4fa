// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_CANDIDATE_HPP
#define ASIO_FS_COPY_CANDIDATE_HPP

#include <asio_fs/entry_type.hpp>

#include <string_view>

namespace asio_fs {

/// Name an entry that a copy is about to look at. Passed to `copy_options::filter`.
struct copy_candidate
{
    /// The entry, relative to the root. Valid only during the call.
    std::string_view path;

    /// Its kind.
    entry_type type = entry_type::unknown;

    /// Whether it was found at the destination and is about to be removed, since the source has none of its
    /// name, or one that the filter has left out (`copy_options::remove_extraneous`).
    bool extraneous = false;
};

} // namespace asio_fs

#endif
