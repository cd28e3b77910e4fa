// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_WALK_CORE_HPP
#define ASIO_FS_DETAIL_TREE_WALK_CORE_HPP

#include <asio_fs/detail/tree/dir_cache.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/detail/tree/walk_plan.hpp>
#include <asio_fs/walk_options.hpp>

#include <exception>
#include <mutex>

#include <unistd.h>

namespace asio_fs::detail {

/// What the lanes of a walk share. The last of them destroys it: a lane that a hung file system holds may
/// outlive the walk.
struct walk_core
{
    walk_core(const walk_options& options_, unsigned lanes_)
        : options(options_), lanes(lanes_), cache(0, &stopping), plan(lanes_ * std::size_t{4})
    {}
    ~walk_core()
    {
        for (walk_directory* dir : plan.left_over())
            release(dir);
    }

    void stop() noexcept
    {
        stopping.request_stop();
        plan.stop();
    }

    /// End the walk because of an exception.
    void caught(std::exception_ptr exception) noexcept
    {
        {
            const std::lock_guard lock(mutex);
            thrown = exception;
        }
        stop();
    }

    /// What a walk that was stopped ended with: operation_canceled, unless a lane threw something.
    error_code outcome()
    {
        const std::lock_guard lock(mutex);
        if (thrown)
            std::rethrow_exception(thrown);
        return errno_code(ECANCELED);
    }

    /// A directory was listed, or one beneath it was and everything in that.
    void release(walk_directory* dir)
    {
        while (dir && dir->pending.fetch_sub(1, std::memory_order_acq_rel) == 1)
        {
            // A walk that was given up asks nothing more of the file system, which may hang.
            if (!stopping.stop_requested())
                cache.retire(*dir->node);
            walk_directory* const parent = dir->parent;
            delete dir;
            dir = parent;
        }
    }

    const walk_options options;
    const unsigned lanes;
    const pid_t process = ::getpid();
    stop_flag stopping;
    dev_t device = 0; // of the root
    dir_cache cache;  // outlives everything that refers to a directory
    walk_plan plan;
    std::mutex mutex;
    std::exception_ptr thrown; // guarded by the mutex
};

} // namespace asio_fs::detail

#endif
