// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_DIRECT_COPIER_HPP
#define ASIO_FS_DETAIL_TREE_DIRECT_COPIER_HPP

#include <asio_fs/detail/tree/content_result.hpp>

#include <liburing.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

namespace asio_fs::detail {

/// Copy files with O_DIRECT, with many transfers in flight on a ring of its own. Used by one thread.
class direct_copier
{
public:
    /// @param depth  How many transfers are in flight, at most.
    /// @param piece  The size of one in bytes.
    ASIO_FS_DECL direct_copier(unsigned depth, std::size_t piece);
    direct_copier(const direct_copier&) = delete;
    direct_copier& operator=(const direct_copier&) = delete;
    ASIO_FS_DECL ~direct_copier();

    /// Copy the first `size` bytes of a file.
    /// @return false if that is impossible here, by the file systems or because io_uring is refused. What was
    /// written until that was found out is to be written again.
    ASIO_FS_DECL bool copy(int in, int out, std::uint64_t size, const std::function<bool()>& stopping,
                           const std::function<void(std::uint64_t)>& moved, content_result& result);

private:
    // A transfer: a piece is read, then written.
    struct slot
    {
        std::uint64_t offset = 0;
        std::size_t length = 0; // of the piece
        std::size_t done = 0;   // of the part that is under way
        bool writing = false;
    };

    struct release
    {
        void operator()(char* p) const noexcept { std::free(p); }
    };

    ASIO_FS_DECL bool prepare();
    ASIO_FS_DECL bool transfer(int in, int out, std::uint64_t size, const std::function<bool()>& stopping,
                               const std::function<void(std::uint64_t)>& moved, content_result& result);
    ASIO_FS_DECL void submit(int fd, std::size_t index);
    char* buffer(std::size_t index) const noexcept { return memory_.get() + index * piece_; }

    const unsigned depth_;
    const std::size_t piece_;
    std::unique_ptr<char[], release> memory_;
    std::vector<slot> slots_;
    io_uring ring_;
    bool has_ring_ = false;
    bool refused_ = false;
    bool registered_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/direct_copier.ipp>
#endif

#endif
