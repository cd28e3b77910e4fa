// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_WALK_DIRECTORY_HPP
#define ASIO_FS_DETAIL_TREE_WALK_DIRECTORY_HPP

#include <asio_fs/detail/tree/dir_node.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace asio_fs::detail {

/// A directory that a walk has met. It lives until everything in it was listed.
struct walk_directory
{
    walk_directory(walk_directory* parent_, dir_node_ptr node_, std::size_t depth_)
        : parent(parent_), node(std::move(node_)), depth(depth_)
    {}

    walk_directory* const parent; ///< which outlives it; null for the root
    const dir_node_ptr node;
    const std::size_t depth;             ///< of its entries
    std::int64_t position = 0;           ///< where the listing goes on
    std::atomic<std::size_t> pending{1}; ///< its listing and its subdirectories
};

} // namespace asio_fs::detail

#endif
