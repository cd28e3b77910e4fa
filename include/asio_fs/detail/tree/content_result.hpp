// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_CONTENT_RESULT_HPP
#define ASIO_FS_DETAIL_TREE_CONTENT_RESULT_HPP

#include <asio_fs/detail/tree/syscalls.hpp>

#include <cstdint>
#include <string_view>

namespace asio_fs::detail {

/// Say what became of the content of a file.
struct content_result
{
    error_code error = {};
    std::string_view step = {}; ///< the call that failed
    bool ended_early = false;   ///< the source held less than its size said
    std::uint64_t bytes_copied = 0;
    std::uint64_t bytes_cloned = 0;
    std::uint64_t bytes_in_holes = 0;
};

} // namespace asio_fs::detail

#endif
