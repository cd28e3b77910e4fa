// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_WALK_PLAN_IPP
#define ASIO_FS_IMPL_TREE_WALK_PLAN_IPP

#include <asio_fs/detail/tree/walk_plan.hpp>

#include <chrono>
#include <utility>

namespace asio_fs::detail {

ASIO_FS_DECL void walk_plan::put_off(walk_directory* dir)
{
    const std::lock_guard lock(mutex_);
    put_off_.push_back(dir);
    work_.notify_one();
}

ASIO_FS_DECL walk_directory* walk_plan::take(bool busy, bool wait)
{
    std::unique_lock lock(mutex_);
    if (wait)
    {
        idle_.fetch_add(1, std::memory_order_relaxed);
        work_.wait(lock, [this] { return is_settled() || !none_left(); });
        idle_.fetch_sub(1, std::memory_order_relaxed);
    }
    // The newest first, which keeps the walk in one part of the tree and the number of those that wait low.
    auto& from = waiting_.empty() ? put_off_ : waiting_;
    if (stopped_ || from.empty())
        return nullptr;
    walk_directory* const dir = from.back();
    from.pop_back();
    if (!busy)
        ++busy_;
    return dir;
}

ASIO_FS_DECL std::vector<walk_entry> walk_plan::finish(std::vector<walk_entry> batch,
                                                       std::vector<walk_directory*>& found, bool keep)
{
    const std::lock_guard lock(mutex_);
    std::vector<walk_entry> spare;
    if (batch.empty())
        spare = std::move(batch);
    else
    {
        ready_.push_back(std::move(batch));
        if (!spare_.empty())
        {
            spare = std::move(spare_.back());
            spare_.pop_back();
        }
    }
    const auto given = found.end() - (keep ? 1 : 0);
    waiting_.insert(waiting_.end(), found.begin(), given);
    found.erase(found.begin(), given);
    if (wanted() && !none_left())
        work_.notify_all();
    if (reader_waits_for_any_ || ready_.size() >= most_ready_ / 2)
        reader_.notify_one();
    return spare;
}

ASIO_FS_DECL void walk_plan::rest()
{
    const std::lock_guard lock(mutex_);
    --busy_;
    if (is_settled())
    {
        work_.notify_all();
        reader_.notify_one();
    }
}

ASIO_FS_DECL void walk_plan::wait_for_room()
{
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return stopped_ || ready_.size() < most_ready_; });
}

ASIO_FS_DECL bool walk_plan::hand_out(std::vector<walk_entry>& batch) noexcept
{
    const std::lock_guard lock(mutex_);
    if (ready_.empty())
        return false;
    std::swap(batch, ready_.front());
    if (spare_.size() < most_ready_)
        spare_.push_back(std::move(ready_.front()));
    ready_.pop_front();
    // Room for several, for the same reason as in wait_for_batch().
    if (ready_.size() == most_ready_ / 2)
        room_.notify_all();
    return true;
}

ASIO_FS_DECL bool walk_plan::wait_for_batch()
{
    std::unique_lock lock(mutex_);
    // Several at once, if they come fast: waking a thread can cost as much as making a batch.
    reader_.wait_for(lock, std::chrono::milliseconds(1),
                     [this] { return is_settled() || ready_.size() >= most_ready_ / 2; });
    reader_waits_for_any_ = true;
    reader_.wait(lock, [this] { return is_settled() || !ready_.empty(); });
    reader_waits_for_any_ = false;
    return !stopped_ && !ready_.empty();
}

ASIO_FS_DECL void walk_plan::stop() noexcept
{
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    work_.notify_all();
    room_.notify_all();
    reader_.notify_all();
}

ASIO_FS_DECL bool walk_plan::settled() const
{
    const std::lock_guard lock(mutex_);
    return is_settled();
}

ASIO_FS_DECL std::size_t walk_plan::waiting() const
{
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

ASIO_FS_DECL std::vector<walk_directory*> walk_plan::left_over()
{
    const std::lock_guard lock(mutex_);
    std::vector<walk_directory*> all = std::exchange(waiting_, {});
    all.insert(all.end(), put_off_.begin(), put_off_.end());
    put_off_.clear();
    return all;
}

} // namespace asio_fs::detail

#endif
