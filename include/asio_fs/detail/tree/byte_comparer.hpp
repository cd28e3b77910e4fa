// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_BYTE_COMPARER_HPP
#define ASIO_FS_DETAIL_TREE_BYTE_COMPARER_HPP

#include <asio_fs/detail/tree/syscalls.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace asio_fs::detail {

/// Compare the content of open files.
class byte_comparer
{
public:
    struct result
    {
        bool equal = false;
        error_code error = {};
        std::string_view step = {}; ///< the call that failed
    };

    /// @param stopping  Asked between blocks; the comparison ends with operation_canceled on true.
    byte_comparer(std::size_t buffer_size, std::function<bool()> stopping)
        : buffer_size_(buffer_size), stopping_(std::move(stopping))
    {}

    /// Read two files from their beginnings up to their ends.
    ASIO_FS_DECL result compare(int a, int b);

private:
    const std::size_t buffer_size_;
    std::function<bool()> stopping_;
    std::unique_ptr<char[]> buffers_; // two of them; made when they are needed
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/byte_comparer.ipp>
#endif

#endif
