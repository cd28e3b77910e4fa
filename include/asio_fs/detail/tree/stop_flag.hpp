// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_STOP_FLAG_HPP
#define ASIO_FS_DETAIL_TREE_STOP_FLAG_HPP

#include <asio_fs/config.hpp>

#include <atomic>

namespace asio_fs::detail {

/// Ask a running job to end early. It may be set from any thread, and is never cleared while a job uses it.
class stop_flag
{
public:
    void request_stop() noexcept { requested_.store(true, std::memory_order_relaxed); }
    bool stop_requested() const noexcept { return requested_.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> requested_{false};
};

} // namespace asio_fs::detail

#endif
