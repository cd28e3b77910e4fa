// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_DIR_HPP
#define ASIO_FS_DETAIL_TREE_COPY_DIR_HPP

#include <asio_fs/detail/tree/basic_attributes.hpp>
#include <asio_fs/detail/tree/dir_cache.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

#include <atomic>
#include <cstdint>
#include <string>

namespace asio_fs::detail {

/// A directory that is being copied. It lives until its scan is over and everything in it is done.
struct copy_dir
{
    copy_dir(copy_dir* parent_, dir_node_ptr from_) : parent(parent_), from(std::move(from_)) {}

    /// The path of one of its entries, relative to the root of the copy.
    std::string path_of(const char* name) const { return is_holder ? std::string() : from->path(name); }

    /// Who owns the entries that are created in it; known once one was created.
    struct owner
    {
        uid_t user;
        gid_t group;
    };

    static constexpr std::uint64_t owner_unknown = static_cast<std::uint64_t>(-1);

    copy_dir* next_task = nullptr; ///< the lane team's
    copy_dir* const parent;        ///< which outlives it; null for the root
    dir_node_ptr from;
    dir_node_ptr to;                  ///< null until it is opened, or if it does not exist
    std::atomic<unsigned> pending{1}; ///< its scan, its subdirectories, its names that wait
    std::atomic<std::uint64_t> created_owner{owner_unknown};
    std::int64_t position = 0; ///< where the scan goes on
    basic_attributes wanted;   ///< of the source, before it was read
    basic_attributes before;   ///< of the destination, if it existed
    dev_t from_device = 0;
    dev_t to_device = 0;
    bool is_holder = false; ///< merely holds the root, which is not a directory; has nothing to be finished
    bool opened = false;  ///< both directories are open and known; otherwise there is nothing to be finished
    bool existed = false; ///< the destination was there before
    bool opened_up = false;    ///< its mode was changed so that entries can be made in it
    bool scanned = false;      ///< completely and without an error
    bool inherits_acl = false; ///< new entries get an access control list from the destination
};

} // namespace asio_fs::detail

#endif
