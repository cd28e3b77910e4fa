// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_DIR_NODE_HPP
#define ASIO_FS_DETAIL_TREE_DIR_NODE_HPP

#include <asio_fs/detail/tree/syscalls.hpp>

#include <atomic>
#include <string>
#include <string_view>
#include <utility>

namespace asio_fs::detail {

class dir_cache;
class dir_node_ptr;

/// A directory of a tree: its place (parent and name), its identity, and its descriptor while the cache keeps
/// it open.
///
/// Nodes are counted; a node keeps its parent, so that every directory can be reached again from the root.
class dir_node
{
public:
    const std::string& name() const noexcept { return name_; }
    dir_node* parent() const noexcept { return parent_; }

    /// Return the path relative to the root of the tree, ending with `name` unless that is empty.
    ASIO_FS_DECL std::string path(std::string_view name = {}) const;

private:
    friend class dir_cache;
    friend class dir_node_ptr;
    friend class dir_pin;

    dir_node(dir_cache& cache, dir_node* parent, std::string name)
        : cache_(cache), parent_(parent), name_(std::move(name))
    {}

    dir_cache& cache_;
    dir_node* const parent_;
    const std::string name_;
    std::atomic<unsigned> references_{0};

    // The rest is guarded by the cache.
    unsigned pins_ = 0;
    int fd_ = -1;
    bool identified_ = false;
    bool search_only_suffices_ = false;
    file_id id_;
    dir_node* opened_child_ = nullptr; // the one that was opened last
    dir_node* newer_ = nullptr;
    dir_node* older_ = nullptr;
};

/// Share a dir_node.
class dir_node_ptr
{
public:
    dir_node_ptr() = default;
    explicit dir_node_ptr(dir_node* node) noexcept : node_(node)
    {
        if (node_)
            node_->references_.fetch_add(1, std::memory_order_relaxed);
    }

    /// Share a node unless its last owner is letting it go just now; null then.
    static dir_node_ptr unless_released(dir_node& node) noexcept
    {
        unsigned references = node.references_.load(std::memory_order_relaxed);
        while (references != 0)
        {
            if (node.references_.compare_exchange_weak(references, references + 1, std::memory_order_relaxed))
            {
                dir_node_ptr result;
                result.node_ = &node;
                return result;
            }
        }
        return {};
    }

    dir_node_ptr(const dir_node_ptr& other) noexcept : dir_node_ptr(other.node_) {}
    dir_node_ptr(dir_node_ptr&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    dir_node_ptr& operator=(dir_node_ptr other) noexcept
    {
        std::swap(node_, other.node_);
        return *this;
    }
    ~dir_node_ptr()
    {
        if (node_)
            release(node_);
    }

    dir_node* get() const noexcept { return node_; }
    dir_node& operator*() const noexcept { return *node_; }
    dir_node* operator->() const noexcept { return node_; }
    explicit operator bool() const noexcept { return node_ != nullptr; }

private:
    // A loop and not a chain of destructors: a tree may be deeper than the stack.
    ASIO_FS_DECL static void release(dir_node* node) noexcept;

    dir_node* node_ = nullptr;
};

} // namespace asio_fs::detail

// The cache, the nodes and the pins need each other.
#include <asio_fs/detail/tree/dir_cache.hpp>

#endif
