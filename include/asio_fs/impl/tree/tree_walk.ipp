// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_TREE_WALK_IPP
#define ASIO_FS_IMPL_TREE_TREE_WALK_IPP

#include <asio_fs/detail/tree/copy_roots.hpp>
#include <asio_fs/detail/tree/tree_walk.hpp>

#include <utility>

namespace asio_fs::detail {

// With more directories waiting the listing that finds them pauses.
inline constexpr std::size_t most_walks_waiting = 16 * 1024;

ASIO_FS_DECL tree_walk::~tree_walk()
{
    if (current_)
        release(current_);
    for (auto* list : {&waiting_, &put_off_})
    {
        for (directory* dir : *list)
            release(dir);
    }
}

ASIO_FS_DECL error_code tree_walk::next(std::vector<walk_entry>& batch)
{
    batch.clear();
    bytes_ = 0;
    if (stop_.stop_requested())
        return errno_code(ECANCELED);
    if (!started_)
    {
        if (const error_code error = start())
            return error;
    }
    const auto full = [&]
    { return batch.size() >= options_.batch_entries || bytes_ >= options_.batch_bytes; };
    while (!full() && (current_ || take_directory(batch)))
    {
        dir_reader::entry entry;
        while (!full() && reader_.next(entry))
        {
            add(entry, batch);
            if (stop_.stop_requested())
                return errno_code(ECANCELED);
        }
        if (full())
            break;
        bool over = false;
        if (waiting_.size() > most_walks_waiting)
        {
            current_->position = reader_.position();
            put_off_.push_back(std::exchange(current_, nullptr));
            pin_.reset();
            continue;
        }
        if (const error_code error = reader_.fill())
        {
            fail("getdents64", error, batch);
            over = true;
        }
        if (over || reader_.at_end())
        {
            pin_.reset();
            release(std::exchange(current_, nullptr));
        }
    }
    return {};
}

ASIO_FS_DECL error_code tree_walk::start()
{
    unique_fd fd{open_location(root_, O_RDONLY | O_DIRECTORY | O_NOATIME)};
    if (!fd && errno == EPERM)
        fd.reset(open_location(root_, O_RDONLY | O_DIRECTORY));
    if (!fd)
        return last_error();
    error_code error;
    dir_node_ptr node = cache_.add_root(std::move(fd), error);
    if (error)
        return error;
    if (options_.batch_entries == 0)
        options_.batch_entries = 1;
    started_ = true;
    waiting_.push_back(new directory{nullptr, std::move(node), 0});
    return {};
}

// Open the next directory that can be opened. Returns false when there are none left.
ASIO_FS_DECL bool tree_walk::take_directory(std::vector<walk_entry>& batch)
{
    auto& list = waiting_.empty() ? put_off_ : waiting_;
    if (list.empty())
        return false;
    current_ = list.back();
    list.pop_back();
    // Going down step by step, the path of a deep directory must not be put together anew for each of them.
    if (last_ && current_->node->parent() == last_.get())
        path_ += current_->node->name();
    else
        path_ = current_->node->path();
    last_ = current_->node;
    if (!path_.empty())
        path_.push_back('/');
    error_code error = cache_.pin(*current_->node, pin_);
    const char* step = "openat";
    if (!error)
    {
        error = reader_.start(pin_.fd(), current_->position);
        step = "lseek";
    }
    if (error)
    {
        fail(step, error, batch);
        pin_.reset();
        release(std::exchange(current_, nullptr));
        return true;
    }
    return true;
}

ASIO_FS_DECL void tree_walk::add(const dir_reader::entry& entry, std::vector<walk_entry>& batch)
{
    walk_entry& result = batch.emplace_back();
    result.path.reserve(path_.size() + 24);
    result.path.append(path_).append(entry.name);
    result.type = entry.type;
    result.depth = current_->depth;
    bytes_ += result.path.size();
    const bool wanted = options_.fields != statx_mask::none;
    if (wanted || entry.type == entry_type::unknown)
    {
        struct ::statx status;
        if (::statx(pin_.fd(), entry.name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT,
                    static_cast<unsigned>(options_.fields | statx_mask::type), &status) == 0)
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
    if (result.type == entry_type::directory && current_->depth < options_.max_depth)
    {
        auto child = std::make_unique<directory>();
        child->parent = current_;
        child->node = cache_.add_child(*current_->node, entry.name);
        child->depth = current_->depth + 1;
        waiting_.push_back(child.get());
        child.release();
        ++current_->pending;
    }
}

ASIO_FS_DECL void tree_walk::fail(std::string_view step, error_code code, std::vector<walk_entry>& batch)
{
    walk_entry& result = batch.emplace_back();
    result.path = current_->node->path();
    result.type = entry_type::directory;
    result.depth = current_->depth == 0 ? 0 : current_->depth - 1;
    result.error = code;
    result.step = step;
}

ASIO_FS_DECL void tree_walk::release(directory* dir)
{
    while (dir && --dir->pending == 0)
    {
        cache_.retire(*dir->node);
        directory* const parent = dir->parent;
        delete dir;
        dir = parent;
    }
}

} // namespace asio_fs::detail

#endif
