// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_PROGRESS_HPP
#define ASIO_FS_COPY_PROGRESS_HPP

#include <asio_fs/copy_counters.hpp>

#include <string_view>

namespace asio_fs {

/// Say how far a copy has come. Passed to `copy_options::on_progress`.
struct copy_progress : copy_counters
{
    /// An entry that is being copied now, relative to the root; valid only during the call.
    std::string_view path;
};

} // namespace asio_fs

#endif
