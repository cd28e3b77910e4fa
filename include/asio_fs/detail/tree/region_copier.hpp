// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_REGION_COPIER_HPP
#define ASIO_FS_DETAIL_TREE_REGION_COPIER_HPP

#include <asio_fs/detail/tree/content_result.hpp>
#include <asio_fs/detail/tree/region_plan.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace asio_fs::detail {

/// Copy one large file with several threads: while one of them holds the lock of the new file, another reads.
class region_copier
{
public:
    /// @param stopping  Asked by the calling thread between pieces; the copy ends with operation_canceled on
    /// true.
    /// @param moved  Told by the calling thread what all of them have moved.
    region_copier(int in, int out, std::size_t buffer_size, const std::function<bool()>& stopping,
                  const std::function<void(std::uint64_t)>& moved)
        : in_(in), out_(out), buffer_size_(buffer_size), stopping_(stopping), moved_(moved)
    {}

    /// Copy the first `size` bytes with this thread and `helpers` further ones, which have ended on return.
    ASIO_FS_DECL void copy(std::uint64_t size, unsigned helpers, char* buffer, content_result& result);

private:
    ASIO_FS_DECL void help(region_plan& plan);
    ASIO_FS_DECL void copy_regions(region_plan& plan, char* buffer,
                                   const std::function<void(std::uint64_t)>& moved);

    const int in_;
    const int out_;
    const std::size_t buffer_size_;
    const std::function<bool()>& stopping_;
    const std::function<void(std::uint64_t)>& moved_;
    std::atomic<std::uint64_t> by_helpers_{0}; // bytes that moved_ was not told of
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/region_copier.ipp>
#endif

#endif
