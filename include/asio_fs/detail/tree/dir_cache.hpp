// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_DIR_CACHE_HPP
#define ASIO_FS_DETAIL_TREE_DIR_CACHE_HPP

#include <asio_fs/detail/tree/dir_node.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/unique_fd.hpp>

#include <cstddef>
#include <mutex>

namespace asio_fs::detail {

class dir_pin;

/// Keep a bounded number of directories open and open the others again when they are needed.
///
/// A directory is found again by walking down from its nearest open ancestor or up from an open descendant,
/// never through a symbolic link, and every directory on the way is only taken if it is the same inode as
/// before. The cost is one call per directory as long as the work moves from neighbour to neighbour, whatever
/// the depth. Safe for concurrent use.
class dir_cache
{
public:
    /// Keep up to `budget` directories open besides those in use; 0 derives a number from RLIMIT_NOFILE.
    /// @param stop  When it is set, a call that was interrupted is not made again. May be null.
    ASIO_FS_DECL explicit dir_cache(std::size_t budget = 0, const stop_flag* stop = nullptr);
    dir_cache(const dir_cache&) = delete;
    dir_cache& operator=(const dir_cache&) = delete;

    /// Start a tree at an open directory, which stays open as long as the node lives.
    ASIO_FS_DECL dir_node_ptr add_root(unique_fd directory, error_code& error);

    /// Add a directory that is not opened yet. With `search_only_suffices` one that denies reading is opened
    /// O_PATH.
    ASIO_FS_DECL dir_node_ptr add_child(dir_node& parent, std::string name,
                                        bool search_only_suffices = false);

    /// Open a directory unless it is open, and keep it open as long as `result` lives.
    ///
    /// @return ESTALE if the directory is no longer where it was; otherwise what openat(2) says.
    ASIO_FS_DECL error_code pin(dir_node& node, dir_pin& result);

    /// Close a directory whose work is done, and make sure that its parent can be reached from here cheaply.
    ASIO_FS_DECL void retire(dir_node& node);

    /// Close directories because the process or the system has run out of descriptors. Returns whether any
    /// was.
    ASIO_FS_DECL bool shrink();

    /// Open a descriptor by `call`; when there are none left, close directories or wait a moment, and try
    /// again.
    template <class Call>
    int open_with(Call&& call)
    {
        for (int attempt = 0;; ++attempt)
        {
            const int fd = call();
            if (fd < 0 && errno == EINTR && !(stop_ && stop_->stop_requested()))
                continue;
            if (fd >= 0 || (errno != EMFILE && errno != ENFILE) || !relieve(attempt))
                return fd;
        }
    }

    ASIO_FS_DECL std::size_t open_count() const;
    ASIO_FS_DECL std::size_t budget() const;

private:
    friend class dir_pin;
    friend class dir_node_ptr;

    ASIO_FS_DECL bool relieve(int attempt);
    ASIO_FS_DECL int open_directory(int parent, const char* name, bool search_only_suffices);
    ASIO_FS_DECL error_code install(dir_node& node, unique_fd fd);
    using lock_type = std::unique_lock<std::mutex>;
    ASIO_FS_DECL bool open_parent(dir_node& child, lock_type& lock);
    ASIO_FS_DECL dir_node_ptr climb_to(dir_node& node, std::size_t most_steps, lock_type& lock);
    ASIO_FS_DECL error_code descend(dir_node& parent, dir_node& node, lock_type& lock);
    ASIO_FS_DECL void take(dir_node& node) noexcept;
    ASIO_FS_DECL void drop(dir_node& node) noexcept;
    ASIO_FS_DECL void trim() noexcept;
    ASIO_FS_DECL void close(dir_node& node) noexcept;
    ASIO_FS_DECL void unlink(dir_node& node) noexcept;
    ASIO_FS_DECL void unpin(dir_node& node) noexcept;
    ASIO_FS_DECL void forget(dir_node& node) noexcept;

    const stop_flag* const stop_;
    mutable std::mutex mutex_;
    std::size_t budget_;
    std::size_t open_ = 0;
    dir_node* newest_ = nullptr; // the unpinned open directories, by the time of their last use
    dir_node* oldest_ = nullptr;
};

} // namespace asio_fs::detail

#include <asio_fs/detail/tree/dir_pin.hpp>

#endif
