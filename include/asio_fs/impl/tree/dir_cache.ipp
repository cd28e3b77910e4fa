// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_DIR_CACHE_IPP
#define ASIO_FS_IMPL_TREE_DIR_CACHE_IPP

#include <asio_fs/detail/tree/dir_cache.hpp>

#include <algorithm>
#include <vector>

#include <sys/resource.h>
#include <time.h>

namespace asio_fs::detail {

// A directory that holds the work up needs one descriptor for itself and one on the way to it.
inline constexpr std::size_t least_directories = 4;

ASIO_FS_DECL std::string dir_node::path(std::string_view name) const
{
    std::vector<const dir_node*> chain;
    std::size_t length = name.size();
    for (const dir_node* node = this; node->parent_; node = node->parent_)
    {
        chain.push_back(node);
        length += node->name_.size() + 1;
    }
    std::string result;
    result.reserve(length);
    for (auto node = chain.rbegin(); node != chain.rend(); ++node)
        result.append((*node)->name_).push_back('/');
    if (name.empty() && !result.empty())
        result.pop_back();
    return result.append(name);
}

ASIO_FS_DECL void dir_node_ptr::release(dir_node* node) noexcept
{
    while (node && node->references_.fetch_sub(1, std::memory_order_acq_rel) == 1)
    {
        dir_node* const parent = node->parent_;
        node->cache_.forget(*node);
        delete node;
        node = parent;
    }
}

ASIO_FS_DECL void dir_pin::reset() noexcept
{
    if (fd_ >= 0)
    {
        node_->cache_.unpin(*node_);
        fd_ = -1;
    }
    node_ = {};
}

ASIO_FS_DECL dir_cache::dir_cache(std::size_t budget, const stop_flag* stop) : stop_(stop), budget_(budget)
{
    if (budget_ != 0)
        return;
    rlimit limit{};
    const rlim_t files = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 1024;
    budget_ = static_cast<std::size_t>(std::clamp<rlim_t>(files / 4, least_directories, 1024));
}

ASIO_FS_DECL dir_node_ptr dir_cache::add_root(unique_fd directory, error_code& error)
{
    dir_node_ptr node{new dir_node(*this, nullptr, {})};
    const std::lock_guard lock(mutex_);
    error = install(*node, std::move(directory));
    take(*node);
    return node;
}

ASIO_FS_DECL dir_node_ptr dir_cache::add_child(dir_node& parent, std::string name, bool search_only_suffices)
{
    dir_node_ptr node{new dir_node(*this, &parent, std::move(name))};
    parent.references_.fetch_add(1, std::memory_order_relaxed);
    node->search_only_suffices_ = search_only_suffices;
    return node;
}

ASIO_FS_DECL error_code dir_cache::pin(dir_node& node, dir_pin& result)
{
    result.reset();
    dir_node_ptr climbed_from; // let go when the mutex is free
    lock_type lock(mutex_);
    // Directories are held open along the path that is being worked on, so an open one is near, above or
    // below. A root is always open.
    std::size_t above = 0;
    for (dir_node* at = &node; at->fd_ < 0; at = at->parent_)
        ++above;
    if (above > 1)
        climbed_from = climb_to(node, above, lock);

    std::vector<dir_node*> missing;
    dir_node* at = &node;
    for (; at->fd_ < 0; at = at->parent_)
        missing.push_back(at);
    take(*at);
    for (; !missing.empty(); missing.pop_back())
    {
        dir_node& next = *missing.back();
        const error_code error = descend(*at, next, lock);
        drop(*at);
        if (error)
            return error;
        at = &next;
        trim();
    }
    result = dir_pin(node, node.fd_);
    return {};
}

ASIO_FS_DECL void dir_cache::retire(dir_node& node)
{
    lock_type lock(mutex_);
    if (node.fd_ < 0 || !node.parent_)
        return;
    if (node.parent_->fd_ < 0)
        open_parent(node, lock);
    if (node.pins_ == 0 && node.fd_ >= 0)
    {
        unlink(node);
        close(node);
    }
    trim();
}

ASIO_FS_DECL bool dir_cache::shrink()
{
    const std::lock_guard lock(mutex_);
    const std::size_t before = open_;
    budget_ = std::max(least_directories, std::min(budget_, open_) * 3 / 4);
    trim();
    return open_ < before;
}

ASIO_FS_DECL std::size_t dir_cache::open_count() const
{
    const std::lock_guard lock(mutex_);
    return open_;
}

ASIO_FS_DECL std::size_t dir_cache::budget() const
{
    const std::lock_guard lock(mutex_);
    return budget_;
}

// When no directory can be closed, other threads hold the descriptors, and give them back soon or never.
ASIO_FS_DECL bool dir_cache::relieve(int attempt)
{
    const int failure = errno;
    if (!shrink())
    {
        if (attempt >= 100)
        {
            errno = failure;
            return false;
        }
        const timespec moment{0, 2'000'000};
        ::nanosleep(&moment, nullptr);
    }
    return true;
}

ASIO_FS_DECL int dir_cache::open_directory(int parent, const char* name, bool search_only_suffices)
{
    // O_NOATIME is for owners and for root only.
    int fd = open_with([&] { return ::openat(parent, name, directory_flags | O_NOATIME); });
    if (fd < 0 && errno == EPERM)
        fd = open_with([&] { return ::openat(parent, name, directory_flags); });
    if (fd < 0 && errno == EACCES && search_only_suffices)
        fd = open_with([&] { return ::openat(parent, name, name_flags | O_DIRECTORY); });
    return fd;
}

// Called with the mutex held: fstat(2) on an open descriptor does not block for long.
ASIO_FS_DECL error_code dir_cache::install(dir_node& node, unique_fd fd)
{
    struct ::stat status;
    if (::fstat(fd.get(), &status) != 0)
        return last_error();
    if (!node.identified_)
    {
        node.id_ = id_of(status);
        node.identified_ = true;
    }
    else if (node.id_ != id_of(status))
        return errno_code(ESTALE);
    if (node.fd_ >= 0)
        return {}; // another thread was faster
    node.fd_ = fd.release();
    if (node.parent_)
        node.parent_->opened_child_ = &node;
    ++open_;
    node.older_ = newest_;
    (newest_ ? newest_->newer_ : oldest_) = &node;
    newest_ = &node;
    return {};
}

// Open the parent of an open directory.
ASIO_FS_DECL bool dir_cache::open_parent(dir_node& child, lock_type& lock)
{
    dir_node& node = *child.parent_;
    take(child);
    const int from = child.fd_;
    lock.unlock();
    unique_fd fd{open_directory(from, "..", node.search_only_suffices_)};
    lock.lock();
    const bool done = fd && !install(node, std::move(fd));
    drop(child);
    return done;
}

// Look for an open descendant that is nearer than the open ancestor, and come up from it. Returns that
// descendant: it holds the nodes on the way, and must not be let go while the mutex is held.
ASIO_FS_DECL dir_node_ptr dir_cache::climb_to(dir_node& node, std::size_t most_steps, lock_type& lock)
{
    dir_node* below = node.opened_child_;
    for (std::size_t steps = 1; below && below->fd_ < 0; below = below->opened_child_)
    {
        if (++steps >= most_steps)
            return {};
    }
    if (!below)
        return {};
    dir_node_ptr from = dir_node_ptr::unless_released(*below);
    for (dir_node* at = from.get(); at && at != &node; at = at->parent_)
    {
        if (at->fd_ < 0 || (at->parent_->fd_ < 0 && !open_parent(*at, lock)))
            break;
        trim();
    }
    return from;
}

// Open a child of a pinned directory, and pin it.
ASIO_FS_DECL error_code dir_cache::descend(dir_node& parent, dir_node& node, lock_type& lock)
{
    if (node.fd_ < 0)
    {
        const int from = parent.fd_;
        lock.unlock();
        unique_fd fd{open_directory(from, node.name_.c_str(), node.search_only_suffices_)};
        const int failure = errno;
        lock.lock();
        const error_code error = fd ? install(node, std::move(fd)) : errno_code(failure);
        if (error)
            return error;
    }
    take(node);
    return {};
}

ASIO_FS_DECL void dir_cache::take(dir_node& node) noexcept
{
    if (node.fd_ >= 0 && node.pins_++ == 0)
        unlink(node);
}

ASIO_FS_DECL void dir_cache::drop(dir_node& node) noexcept
{
    if (--node.pins_ != 0)
        return;
    node.older_ = newest_;
    (newest_ ? newest_->newer_ : oldest_) = &node;
    newest_ = &node;
}

ASIO_FS_DECL void dir_cache::trim() noexcept
{
    while (open_ > budget_ && oldest_)
    {
        dir_node& node = *oldest_;
        unlink(node);
        close(node);
    }
}

ASIO_FS_DECL void dir_cache::close(dir_node& node) noexcept
{
    ::close(std::exchange(node.fd_, -1));
    --open_;
}

ASIO_FS_DECL void dir_cache::unlink(dir_node& node) noexcept
{
    (node.newer_ ? node.newer_->older_ : newest_) = node.older_;
    (node.older_ ? node.older_->newer_ : oldest_) = node.newer_;
    node.newer_ = node.older_ = nullptr;
}

ASIO_FS_DECL void dir_cache::unpin(dir_node& node) noexcept
{
    const std::lock_guard lock(mutex_);
    drop(node);
    trim();
}

// A root keeps one pin for itself; any other node that nobody refers to is unpinned.
ASIO_FS_DECL void dir_cache::forget(dir_node& node) noexcept
{
    const std::lock_guard lock(mutex_);
    if (node.parent_ && node.parent_->opened_child_ == &node)
        node.parent_->opened_child_ = nullptr;
    if (node.fd_ < 0)
        return;
    if (node.pins_ == 0)
        unlink(node);
    close(node);
}

} // namespace asio_fs::detail

#endif
