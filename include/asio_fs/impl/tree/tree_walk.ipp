// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_TREE_WALK_IPP
#define ASIO_FS_IMPL_TREE_TREE_WALK_IPP

#include <asio_fs/detail/signals_blocked.hpp>
#include <asio_fs/detail/tree/copy_roots.hpp>
#include <asio_fs/detail/tree/tree_walk.hpp>

#include <algorithm>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

namespace asio_fs::detail {

// More threads list no faster than one caller takes what they list, unless the device is slow.
inline constexpr unsigned most_walk_lanes = 4;

ASIO_FS_DECL tree_walk::tree_walk(location root, const walk_options& options)
    : root_(std::move(root)),
      core_(std::make_shared<walk_core>(options, options.workers != 0
                                                     ? lane_count(options.workers)
                                                     : std::min(lane_count(0), most_walk_lanes)))
{}

ASIO_FS_DECL tree_walk::~tree_walk()
{
    if (!after_fork())
        core_->stop();
}

ASIO_FS_DECL error_code tree_walk::next(std::vector<walk_entry>& batch)
{
    error_code error = after_fork() ? errno_code(ECANCELED) : error_code{};
    if (!error && !started_)
        error = start();
    while (!error && !core_->stopping.stop_requested())
    {
        if (core_->plan.hand_out(batch))
            return {};
        if (lane_ ? !make_batch() : !core_->plan.wait_for_batch())
        {
            if (core_->stopping.stop_requested())
                break;
            batch.clear();
            return {};
        }
    }
    batch.clear();
    if (!error)
        error = core_->outcome();
    return error;
}

// The caller lists alone as long as there is nothing to share.
ASIO_FS_DECL bool tree_walk::make_batch()
{
    try
    {
        if (!lane_->make_batch(false))
            return false;
        if (core_->lanes > 1 && core_->plan.waiting() > 1 && start_lanes())
            lane_.reset();
    }
    catch (...)
    {
        core_->caught(std::current_exception());
    }
    return true;
}

ASIO_FS_DECL bool tree_walk::next_is_known(std::vector<walk_entry>& batch)
{
    if (!started_ || after_fork() || core_->stopping.stop_requested())
        return false;
    if (core_->plan.hand_out(batch))
        return true;
    if (!core_->plan.settled() || core_->stopping.stop_requested())
        return false;
    if (!core_->plan.hand_out(batch)) // the last one may have come meanwhile
        batch.clear();
    return true;
}

ASIO_FS_DECL error_code tree_walk::start()
{
    unique_fd fd{open_location(root_, O_RDONLY | O_DIRECTORY | O_NOATIME)};
    if (!fd && errno == EPERM)
        fd.reset(open_location(root_, O_RDONLY | O_DIRECTORY));
    struct ::stat status;
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return last_error();
    core_->device = status.st_dev;
    error_code error;
    dir_node_ptr node = core_->cache.add_root(std::move(fd), error);
    if (error)
        return error;
    auto lane = std::make_unique<walk_lane>(*core_);
    auto root = std::make_unique<walk_directory>(nullptr, std::move(node), 0);
    core_->plan.put_off(root.get());
    root.release();
    lane_ = std::move(lane);
    started_ = true;
    return {};
}

// Nobody waits for these threads: a hung file system may hold them. Returns whether there are any; one that cannot
// be started is not missed.
ASIO_FS_DECL bool tree_walk::start_lanes()
{
    const signals_blocked blocked;
    unsigned started = 0;
    try
    {
        for (; started < core_->lanes; ++started)
            std::thread([core = core_] { run_lane(*core); }).detach();
    }
    catch (...)
    {}
    return started != 0;
}

// What a lane throws is known before the lane goes: with it go the entries that it has not handed out, and others may
// come to the end of the tree then.
ASIO_FS_DECL void tree_walk::run_lane(walk_core& core)
{
    const auto guarded = [&](auto function)
    {
        try
        {
            function();
        }
        catch (...)
        {
            core.caught(std::current_exception());
        }
    };
    guarded(
        [&]
        {
            walk_lane lane(core);
            guarded(
                [&]
                {
                    do
                        core.plan.wait_for_room();
                    while (lane.make_batch(true));
                });
        });
}

// Then the other lanes are gone, and maybe with a lock in their hands.
ASIO_FS_DECL bool tree_walk::after_fork() const noexcept { return core_->process != ::getpid(); }

} // namespace asio_fs::detail

#endif
