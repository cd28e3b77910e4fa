// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_WALK_BATCH_HPP
#define ASIO_FS_DETAIL_TREE_WALK_BATCH_HPP

#include <asio_fs/walk_entry.hpp>
#include <asio_fs/walk_options.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace asio_fs::detail {

/// Fill a batch, and use the entries that are in it again: their strings have room already.
class walk_batch
{
public:
    explicit walk_batch(const walk_options& options)
        : most_entries_(std::max<std::size_t>(options.batch_entries, 1)), most_bytes_(options.batch_bytes)
    {}

    bool empty() const noexcept { return used_ == 0; }
    bool full() const noexcept { return used_ >= most_entries_ || bytes_ >= most_bytes_; }

    /// Add an entry without a path.
    walk_entry& add()
    {
        if (used_ == entries_.size())
            entries_.emplace_back();
        walk_entry& entry = entries_[used_++];
        entry.path.clear();
        entry.status.reset();
        entry.error = {};
        entry.step = {};
        return entry;
    }

    /// Count the path of the entry that was added last.
    void count(const walk_entry& entry) noexcept { bytes_ += entry.path.size(); }

    /// Take the entries out.
    std::vector<walk_entry> take()
    {
        entries_.resize(used_);
        used_ = bytes_ = 0;
        return std::exchange(entries_, {});
    }

    /// Go on with entries whose content may be lost.
    void reuse(std::vector<walk_entry> spare) noexcept { entries_ = std::move(spare); }

private:
    const std::size_t most_entries_;
    const std::size_t most_bytes_;
    std::vector<walk_entry> entries_;
    std::size_t used_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace asio_fs::detail

#endif
