// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_WALK_LANE_IPP
#define ASIO_FS_IMPL_TREE_WALK_LANE_IPP

#include <asio_fs/detail/tree/walk_lane.hpp>

#include <memory>
#include <utility>

namespace asio_fs::detail {

// With more directories waiting the listing that finds them pauses.
inline constexpr std::size_t most_walks_waiting = 1024;

ASIO_FS_DECL walk_lane::~walk_lane()
{
    try
    {
        put_off();
        for (; !found_.empty(); found_.pop_back())
            core_.plan.put_off(found_.back());
    }
    catch (...)
    {
        core_.caught(std::current_exception());
        pin_.reset();
        core_.release(current_);
    }
    rest();
    for (walk_directory* dir : found_)
        core_.release(dir);
}

ASIO_FS_DECL bool walk_lane::make_batch(bool wait)
{
    if (core_.stopping.stop_requested())
        return false;
    if (!current_ && found_.empty())
    {
        walk_directory* const dir = core_.plan.take(busy_, wait);
        if (!dir)
            return false;
        busy_ = true;
        open(dir);
    }
    fill();
    // One is for this lane: handing the only directory to and fro would wake a thread for each level of a tree.
    const bool has_own = !current_ && !found_.empty();
    batch_.reuse(core_.plan.finish(batch_.take(), found_, has_own));
    if (!current_ && !has_own)
        rest();
    return true;
}

ASIO_FS_DECL void walk_lane::put_off()
{
    if (!current_)
        return;
    current_->position = reader_.position();
    core_.plan.put_off(current_);
    current_ = nullptr;
    pin_.reset();
}

ASIO_FS_DECL void walk_lane::rest()
{
    if (std::exchange(busy_, false))
        core_.plan.rest();
}

ASIO_FS_DECL void walk_lane::fill()
{
    while (!batch_.full() && !core_.stopping.stop_requested() && (current_ || next_directory()))
    {
        if (!current_) // it could not be opened
            continue;
        dir_reader::entry entry;
        while (!batch_.full() && reader_.next(entry))
        {
            add(entry);
            if (core_.stopping.stop_requested())
                return;
        }
        if (batch_.full())
            break;
        if (core_.plan.waiting() > most_walks_waiting)
        {
            put_off();
            continue;
        }
        if (const error_code error = reader_.fill())
        {
            fail("getdents64", error);
            close();
        }
        else if (reader_.at_end())
        {
            close();
            if (core_.plan.wanted() && found_.size() > 1)
                break;
        }
    }
}

// What was found by this lane comes first: going down step by step is cheap.
ASIO_FS_DECL bool walk_lane::next_directory()
{
    walk_directory* dir = nullptr;
    if (!found_.empty())
    {
        dir = found_.back();
        found_.pop_back();
    }
    else
        dir = core_.plan.take(busy_, false);
    if (dir)
        open(dir);
    return dir != nullptr;
}

ASIO_FS_DECL void walk_lane::open(walk_directory* dir)
{
    current_ = dir;
    // Going down step by step, the path of a deep directory must not be put together anew for each of them.
    if (last_ && dir->node->parent() == last_.get())
        path_ += dir->node->name();
    else
        path_ = dir->node->path();
    last_ = dir->node;
    if (!path_.empty())
        path_.push_back('/');
    error_code error = core_.cache.pin(*dir->node, pin_);
    const char* step = "openat";
    if (!error && core_.options.one_file_system)
    {
        struct ::stat status;
        step = "fstat";
        if (::fstat(pin_.fd(), &status) != 0)
            error = last_error();
        else if (status.st_dev != core_.device)
            return close();
    }
    if (!error)
    {
        error = reader_.start(pin_.fd(), dir->position);
        step = "lseek";
    }
    if (error)
    {
        fail(step, error);
        close();
    }
}

ASIO_FS_DECL void walk_lane::close()
{
    pin_.reset();
    core_.release(std::exchange(current_, nullptr));
}

ASIO_FS_DECL void walk_lane::add(const dir_reader::entry& entry)
{
    walk_entry& result = batch_.add();
    result.path.append(path_).append(entry.name);
    result.type = entry.type;
    result.depth = current_->depth;
    batch_.count(result);
    const bool wanted = core_.options.fields != statx_mask::none;
    if (wanted || entry.type == entry_type::unknown)
    {
        struct ::statx status;
        if (::statx(pin_.fd(), entry.name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT,
                    static_cast<unsigned>(core_.options.fields | statx_mask::type), &status) == 0)
        {
            result.type = entry_type_of(status.stx_mode);
            if (wanted)
                result.status.emplace(status);
        }
        else
        {
            result.error = last_error();
            result.step = "statx";
        }
    }
    if (result.type == entry_type::directory && current_->depth < core_.options.max_depth)
    {
        auto child = std::make_unique<walk_directory>(
            current_, core_.cache.add_child(*current_->node, entry.name), current_->depth + 1);
        found_.push_back(child.get());
        child.release();
        current_->pending.fetch_add(1, std::memory_order_relaxed);
    }
}

ASIO_FS_DECL void walk_lane::fail(std::string_view step, error_code code)
{
    walk_entry& result = batch_.add();
    result.path = current_->node->path();
    result.type = entry_type::directory;
    result.depth = current_->depth == 0 ? 0 : current_->depth - 1;
    result.error = code;
    result.step = step;
    batch_.count(result);
}

} // namespace asio_fs::detail

#endif
