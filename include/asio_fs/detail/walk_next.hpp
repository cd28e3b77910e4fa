// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_WALK_NEXT_HPP
#define ASIO_FS_DETAIL_WALK_NEXT_HPP

#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/tree_walk.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/walk_entry.hpp>
#include <asio_fs/walk_options.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace asio_fs::detail {

// What a walker shares with its call in flight.
struct walk_state
{
    walk_state(const dir_path& root, const walk_options& options)
        : error(root.error()), walk({root.native_dir(), std::string(root.path().view())}, options)
    {
    }

    int error;
    std::atomic<bool> busy{false};
    tree_walk walk;
};

// The next batch of a walk as one operation.
class walk_next
{
public:
    using result_type = std::size_t;
    static constexpr op::op_info info{"tree_walker"};
    static constexpr bool restartable = false;

    walk_next(const path_string& root, std::shared_ptr<walk_state> state, std::vector<walk_entry>& batch)
        : path(root), state_(std::move(state)), batch_(&batch)
    {
    }

    int syscall() noexcept
    {
        if (!state_ || state_->error != 0)
            return state_ ? -state_->error : -EBADF;   // moved from
        if (state_->busy.exchange(true, std::memory_order_acquire))
            return -EBUSY;
        int result;
        try
        {
            result = -state_->walk.next(*batch_).value();
        }
        catch (...)
        {
            result = -ENOMEM;
        }
        state_->busy.store(false, std::memory_order_release);
        return result;
    }

    // A batch that another thread has finished already needs no thread to be handed out.
    int attempt() noexcept
    {
        if (!state_ || state_->error != 0 || state_->busy.exchange(true, std::memory_order_acquire))
            return -EAGAIN;
        const bool known = state_->walk.next_is_known(*batch_);
        state_->busy.store(false, std::memory_order_release);
        return known ? 0 : -EAGAIN;
    }

    std::size_t result(int) const noexcept { return batch_->size(); }
    void interrupt() noexcept
    {
        if (state_)
            state_->walk.request_stop();
    }

    path_string path;   // for what an exception says

private:
    std::shared_ptr<walk_state> state_;
    std::vector<walk_entry>* batch_;
};

} // namespace asio_fs::detail

#endif
