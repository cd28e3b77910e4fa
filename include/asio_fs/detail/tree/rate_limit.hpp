// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_RATE_LIMIT_HPP
#define ASIO_FS_DETAIL_TREE_RATE_LIMIT_HPP

#include <asio_fs/config.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace asio_fs::detail {

/// Limit how many bytes all lanes together move per second.
///
/// What was moved is paid for afterwards, by waiting until it would have been moved at the permitted rate.
/// Time in which nothing was moved is credited for a tenth of a second only. Safe for concurrent use.
class rate_limit
{
public:
    using clock = std::chrono::steady_clock;

    /// @param bytes_per_second  0 for no limit.
    explicit rate_limit(std::uint64_t bytes_per_second) noexcept : rate_(bytes_per_second) {}

    bool is_set() const noexcept { return rate_ != 0; }

    /// Bytes were moved. Returns when the one who moved them may go on.
    clock::time_point moved(std::uint64_t bytes, clock::time_point now)
    {
        constexpr clock::duration credit = std::chrono::milliseconds(100);
        const std::chrono::duration<double> cost(static_cast<double>(bytes) / static_cast<double>(rate_));
        // A duration that the clock can hold, whatever the rate.
        const std::chrono::duration<double> bounded = std::min(cost, std::chrono::duration<double>(1e6));
        const std::lock_guard lock(mutex_);
        paid_until_ =
            std::max(paid_until_, now - credit) + std::chrono::duration_cast<clock::duration>(bounded);
        return paid_until_;
    }

private:
    const std::uint64_t rate_;
    std::mutex mutex_;
    clock::time_point paid_until_{};
};

} // namespace asio_fs::detail

#endif
