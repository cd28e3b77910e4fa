// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_TREE_WALK_HPP
#define ASIO_FS_DETAIL_TREE_TREE_WALK_HPP

#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/walk_core.hpp>
#include <asio_fs/detail/tree/walk_lane.hpp>
#include <asio_fs/walk_entry.hpp>
#include <asio_fs/walk_options.hpp>

#include <memory>
#include <vector>

namespace asio_fs::detail {

/// List a tree batch by batch. A directory comes before what is in it; symbolic links are not followed.
///
/// The root itself is not listed. It may be named through symbolic links. The caller of next() does the work
/// until there are directories to be shared; then threads are started that run ahead of the caller, by a
/// bounded number of batches.
class tree_walk
{
public:
    ASIO_FS_DECL tree_walk(location root, const walk_options& options);
    ASIO_FS_DECL ~tree_walk();
    tree_walk(const tree_walk&) = delete;
    tree_walk& operator=(const tree_walk&) = delete;

    /// Replace the content of `batch` by the next entries; it is empty when there are no more.
    /// @return An error if the root cannot be read, or operation_canceled. Errors with entries are in the
    /// batch.
    ASIO_FS_DECL error_code next(std::vector<walk_entry>& batch);

    /// Do the same if that takes no system calls.
    /// @return Whether it did.
    ASIO_FS_DECL bool next_is_known(std::vector<walk_entry>& batch);

    /// End the walk, from any thread: next() returns operation_canceled from now on.
    void request_stop() noexcept { core_->stop(); }

private:
    ASIO_FS_DECL error_code start();
    ASIO_FS_DECL bool make_batch();
    ASIO_FS_DECL bool start_lanes();
    ASIO_FS_DECL static void run_lane(walk_core& core);
    ASIO_FS_DECL bool after_fork() const noexcept;

    location root_;
    std::shared_ptr<walk_core> core_;
    std::unique_ptr<walk_lane> lane_; // the caller's own, until others do the work
    bool started_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/tree_walk.ipp>
#endif

#endif
