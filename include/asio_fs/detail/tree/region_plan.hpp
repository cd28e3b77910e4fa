// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_REGION_PLAN_HPP
#define ASIO_FS_DETAIL_TREE_REGION_PLAN_HPP

#include <asio_fs/config.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace asio_fs::detail {

/// Hand the pieces of a range out, in order, to whoever has time, and keep the first failure. Makes no calls
/// itself. Safe for concurrent use.
class region_plan
{
public:
    /// One piece.
    struct region
    {
        std::uint64_t begin;
        std::uint64_t end;
    };

    region_plan(std::uint64_t begin, std::uint64_t end, std::uint64_t piece) noexcept
        : next_(begin), end_(end), piece_(piece)
    {}

    /// Take the next piece. Returns false when there is none left, or when it is not worth the while.
    bool take(region& result)
    {
        const std::lock_guard lock(mutex_);
        if (over() || next_ >= end_)
            return false;
        result = {next_, std::min(end_, next_ + piece_)};
        next_ = result.end;
        return true;
    }

    /// A piece could not be moved because `step` failed with `error`.
    void failed(int error, std::string_view step)
    {
        const std::lock_guard lock(mutex_);
        if (error_ != 0)
            return;
        error_ = error;
        step_ = step;
    }

    /// The source held less than it was said to.
    void ended_early()
    {
        const std::lock_guard lock(mutex_);
        ended_early_ = true;
    }

    /// Whether nothing further is to be moved.
    bool stopped() const
    {
        const std::lock_guard lock(mutex_);
        return over();
    }

    int error() const noexcept { return error_; }                  ///< called when all have finished
    std::string_view step() const noexcept { return step_; }       ///< likewise
    bool has_ended_early() const noexcept { return ended_early_; } ///< likewise

private:
    bool over() const noexcept { return error_ != 0 || ended_early_; }

    mutable std::mutex mutex_;
    std::uint64_t next_;
    const std::uint64_t end_;
    const std::uint64_t piece_;
    int error_ = 0;
    std::string_view step_;
    bool ended_early_ = false;
};

} // namespace asio_fs::detail

#endif
