// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_WALK_PLAN_HPP
#define ASIO_FS_DETAIL_TREE_WALK_PLAN_HPP

#include <asio_fs/detail/tree/walk_directory.hpp>
#include <asio_fs/walk_entry.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace asio_fs::detail {

/// Decide which lane lists which directory of a walk, and in which order batches are handed out. Makes no
/// system calls.
///
/// Batches leave in the order in which they were finished, and a directory can be taken by any lane only when
/// the batch that names it is finished; so a directory is always named before what is in it. The lane that
/// found it may list it earlier.
///
/// A lane is busy from the moment it takes a directory until it rests, with its batch finished.
class walk_plan
{
public:
    /// @param most_ready  How many finished batches may wait to be handed out, unless lanes finish more at
    /// once.
    explicit walk_plan(std::size_t most_ready) : most_ready_(most_ready) { spare_.reserve(most_ready); }
    walk_plan(const walk_plan&) = delete;
    walk_plan& operator=(const walk_plan&) = delete;

    /// Add a directory for the time when there are no others.
    ASIO_FS_DECL void put_off(walk_directory* dir);

    /// Take a directory.
    /// @param busy  Whether this lane is busy already.
    /// @param wait  Whether to wait until there is one.
    /// @return null if there is none, or none will come any more.
    ASIO_FS_DECL walk_directory* take(bool busy, bool wait);

    /// Hand over a finished batch, and the directories that it names and that were not listed.
    /// @param keep  Whether the one that was found last stays in `found`: the lane goes on with it.
    /// @return Entries whose memory can be used again.
    ASIO_FS_DECL std::vector<walk_entry> finish(std::vector<walk_entry> batch,
                                                std::vector<walk_directory*>& found, bool keep = false);

    /// Say that a lane is no longer busy.
    ASIO_FS_DECL void rest();

    /// Wait until another batch may be made.
    ASIO_FS_DECL void wait_for_room();

    /// Exchange the oldest finished batch for one whose memory can be used again.
    /// @return Whether there was one.
    ASIO_FS_DECL bool hand_out(std::vector<walk_entry>& batch) noexcept;

    /// Wait until there is a batch to hand out.
    /// @return Whether there is; if not, none will come any more.
    ASIO_FS_DECL bool wait_for_batch();

    /// Let nobody take or wait for anything any more.
    ASIO_FS_DECL void stop() noexcept;

    /// Whether the walk was stopped or is over, but for batches to be handed out.
    ASIO_FS_DECL bool settled() const;

    /// The number of directories that can be taken, those that are put off not counted.
    ASIO_FS_DECL std::size_t waiting() const;

    /// Whether a lane waits for a directory.
    bool wanted() const noexcept { return idle_.load(std::memory_order_relaxed) != 0; }

    /// The directories that nobody took. Called when all lanes have ended.
    ASIO_FS_DECL std::vector<walk_directory*> left_over();

private:
    bool none_left() const noexcept { return waiting_.empty() && put_off_.empty(); }
    bool is_settled() const noexcept { return stopped_ || (busy_ == 0 && none_left()); }

    mutable std::mutex mutex_;
    std::condition_variable work_;   // lanes wait for directories
    std::condition_variable room_;   // lanes wait for batches to be handed out
    std::condition_variable reader_; // the reader waits for batches
    std::vector<walk_directory*> waiting_;
    std::vector<walk_directory*> put_off_;
    std::deque<std::vector<walk_entry>> ready_;
    std::vector<std::vector<walk_entry>> spare_;
    const std::size_t most_ready_;
    std::size_t busy_ = 0;
    std::atomic<std::size_t> idle_{0};
    bool reader_waits_for_any_ = false;
    bool stopped_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/walk_plan.ipp>
#endif

#endif
