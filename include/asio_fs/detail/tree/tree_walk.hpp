// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_TREE_WALK_HPP
#define ASIO_FS_DETAIL_TREE_TREE_WALK_HPP

#include <asio_fs/detail/tree/dir_cache.hpp>
#include <asio_fs/detail/tree/dir_reader.hpp>
#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/walk_entry.hpp>
#include <asio_fs/walk_options.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace asio_fs::detail {

/// List a tree batch by batch. A directory comes before what is in it; symbolic links are not followed.
///
/// The root itself is not listed. It may be named through symbolic links.
class tree_walk
{
public:
    tree_walk(location root, const walk_options& options, const stop_flag& stop)
        : root_(std::move(root)), options_(options), stop_(stop), cache_(0, &stop)
    {}
    ASIO_FS_DECL ~tree_walk();
    tree_walk(const tree_walk&) = delete;
    tree_walk& operator=(const tree_walk&) = delete;

    /// Replace the content of `batch` by the next entries; it is empty when there are no more.
    /// @return An error if the root cannot be read, or operation_canceled. Errors with entries are in the
    /// batch.
    ASIO_FS_DECL error_code next(std::vector<walk_entry>& batch);

private:
    // A directory that was listed. It lives until everything in it was listed.
    struct directory
    {
        directory* parent;
        dir_node_ptr node;
        std::size_t depth;
        std::size_t pending = 1;
        std::int64_t position = 0;
    };

    ASIO_FS_DECL error_code start();
    ASIO_FS_DECL bool take_directory(std::vector<walk_entry>& batch);
    ASIO_FS_DECL void add(const dir_reader::entry& entry, std::vector<walk_entry>& batch);
    ASIO_FS_DECL void fail(std::string_view step, error_code code, std::vector<walk_entry>& batch);
    ASIO_FS_DECL void release(directory* dir);

    location root_;
    walk_options options_;
    const stop_flag& stop_;
    dir_cache cache_;
    dir_reader reader_;
    dir_pin pin_;
    directory* current_ = nullptr;
    dir_node_ptr last_; // the directory that was listed last
    std::string path_;  // its path, with a slash at its end
    std::vector<directory*> waiting_;
    std::vector<directory*> put_off_;
    std::size_t bytes_ = 0;
    bool started_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/tree_walk.ipp>
#endif

#endif
