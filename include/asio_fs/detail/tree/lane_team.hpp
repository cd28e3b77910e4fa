// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_LANE_TEAM_HPP
#define ASIO_FS_DETAIL_TREE_LANE_TEAM_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/detail/signals_blocked.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace asio_fs::detail {

/// Share tasks among lanes: the calling thread and further threads, started when there is more work than
/// lanes.
///
/// The newest task is taken first, which keeps the work in one part of the tree and the number of waiting
/// tasks low. Tasks that are put off are taken when there is nothing else.
///
/// A Task has a member `Task* next_task`, which is the team's while the task waits: adding one cannot fail.
template <class Task>
class lane_team
{
public:
    explicit lane_team(unsigned lanes) : most_(lanes) {}

    /// Use no more than this many lanes. Called before run().
    void limit(unsigned lanes) { most_ = std::min(most_, lanes); }

    /// Run `body` in this thread and `other` in further ones until all tasks are done. Both take the tasks
    /// with pop() until it gives none. `other` may throw before it has called pop(): this thread does its
    /// work, too.
    void run(Task* first, const std::function<void()>& body, const std::function<void()>& other)
    {
        other_ = &other;
        tasks_.push(first);
        body();
        for (std::thread& thread : threads_)
            thread.join();
    }

    /// Add a task that may be done now.
    void push(Task* task) noexcept
    {
        const std::lock_guard lock(mutex_);
        tasks_.push(task);
        if (idle_ > 0)
            wake_.notify_one();
        else if (running_ < most_)
            start_lane();
    }

    /// Add a task for the time when there are few others.
    void put_off(Task* task) noexcept
    {
        const std::lock_guard lock(mutex_);
        put_off_.push(task);
        if (idle_ > 0)
            wake_.notify_one();
    }

    /// Wait for a task. Returns null when all tasks are done and none can come any more.
    Task* pop()
    {
        std::unique_lock lock(mutex_);
        for (;;)
        {
            for (auto* tasks : {&tasks_, &put_off_})
            {
                if (!tasks->empty())
                    return tasks->pop();
            }
            ++idle_;
            wake_.wait(lock, [this] { return idle_ == running_ || !tasks_.empty() || !put_off_.empty(); });
            if (tasks_.empty() && put_off_.empty())
            {
                // Nobody is left who could add one. Those who leave stay idle, so that the others see it,
                // too.
                wake_.notify_all();
                return nullptr;
            }
            --idle_;
        }
    }

    /// The number of tasks that wait, those that are put off not counted.
    std::size_t waiting() const
    {
        const std::lock_guard lock(mutex_);
        return tasks_.size;
    }

    /// How many lanes have nothing to do, or were not started yet.
    unsigned spare() const
    {
        const std::lock_guard lock(mutex_);
        const unsigned at_work = running_ - idle_;
        return most_ > at_work ? most_ - at_work : 0;
    }

private:
    // The newest task comes out first.
    struct stack
    {
        bool empty() const noexcept { return newest == nullptr; }
        void push(Task* task) noexcept
        {
            task->next_task = newest;
            newest = task;
            ++size;
        }
        Task* pop() noexcept
        {
            --size;
            return std::exchange(newest, newest->next_task);
        }

        Task* newest = nullptr;
        std::size_t size = 0;
    };

    // A lane that cannot be started is not missed: there is one at least.
    void start_lane() noexcept
    {
        const signals_blocked blocked;
        try
        {
            threads_.emplace_back([this] { run_other(); });
            ++running_;
        }
        catch (...)
        {
            most_ = running_;
        }
    }

    void run_other() noexcept
    {
        try
        {
            (*other_)();
        }
        catch (...)
        {
            const std::lock_guard lock(mutex_);
            --running_;
            most_ = 0;
            wake_.notify_all();
        }
    }

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    stack tasks_;
    stack put_off_;
    std::vector<std::thread> threads_;
    const std::function<void()>* other_ = nullptr;
    unsigned most_;
    unsigned running_ = 1;
    unsigned idle_ = 0;
};

} // namespace asio_fs::detail

#endif
