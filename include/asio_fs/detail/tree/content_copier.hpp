// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_CONTENT_COPIER_HPP
#define ASIO_FS_DETAIL_TREE_CONTENT_COPIER_HPP

#include <asio_fs/copy_method.hpp>
#include <asio_fs/detail/tree/content_result.hpp>
#include <asio_fs/detail/tree/copy_ladder.hpp>
#include <asio_fs/detail/tree/direct_copier.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/unique_fd.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace asio_fs::detail {

/// Copy the content of regular files, one at a time, and remember what each pair of file systems can do.
class content_copier
{
public:
    /// @param piece  The most bytes that one call of the kernel's own copy moves.
    /// @param queue_depth  How many transfers copy_method::direct keeps in flight.
    /// @param stopping  Asked between the pieces of large files; the copy ends with operation_canceled on
    /// true.
    /// @param helpers  Asked how many further threads may take part in copying a large file.
    ASIO_FS_DECL content_copier(copy_method method, bool sparse, std::size_t buffer_size, std::uint64_t piece,
                                unsigned queue_depth, std::function<bool()> stopping,
                                std::function<unsigned()> helpers);

    /// Copy the content of `in`, whose status was just read, to the empty file `out`.
    /// @param out_device  Where `out` lies.
    /// @param moved  Told of every piece of data that was moved.
    ASIO_FS_DECL content_result copy(int in, const struct ::stat& status, int out, dev_t out_device,
                                     const std::function<void(std::uint64_t)>& moved);

private:
    // What has been learnt of copying from one file system to another.
    struct pair_memory
    {
        dev_t from;
        dev_t to;
        copy_step first;       // the first step worth trying for files that are not small
        copy_step first_small; // the same for small ones
        std::uint64_t small;   // the size up to which a file is small
        bool shared_writing;   // several threads are faster than the kernel's own copy
    };

    ASIO_FS_DECL pair_memory& recall(dev_t from, dev_t to, int out);
    ASIO_FS_DECL void copy_range(int in, int out, copy_ladder& ladder, content_result& result);
    ASIO_FS_DECL void copy_sparse(int in, int out, std::uint64_t size, copy_step first,
                                  content_result& result);
    ASIO_FS_DECL bool clone(int in, int out, copy_ladder& ladder, content_result& result);
    ASIO_FS_DECL bool copy_directly(int in, int out, std::uint64_t size, content_result& result);
    ASIO_FS_DECL void take_step(int in, int out, copy_ladder& ladder, std::string_view& call);
    ASIO_FS_DECL void splice(int in, int out, copy_ladder& ladder, std::string_view& call);
    ASIO_FS_DECL bool open_pipe();

    copy_method method_;
    bool sparse_;
    std::size_t buffer_size_;
    std::unique_ptr<char[]> buffer_;
    const std::uint64_t piece_;
    const unsigned queue_depth_;
    std::function<bool()> stopping_;
    std::function<unsigned()> helpers_;
    const std::function<void(std::uint64_t)>* moved_ = nullptr;
    std::unique_ptr<direct_copier> direct_; // made when needed
    std::vector<pair_memory> pairs_;
    unique_fd pipe_out_;
    unique_fd pipe_in_;
    std::size_t pipe_size_ = 0;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/content_copier.ipp>
#endif

#endif
