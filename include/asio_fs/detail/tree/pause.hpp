// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_PAUSE_HPP
#define ASIO_FS_DETAIL_TREE_PAUSE_HPP

#include <asio_fs/config.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

namespace asio_fs::detail {

/// Wait until a point in time, and look from time to time whether to stop. Returns false then.
template <class Stopping>
bool pause_until(std::chrono::steady_clock::time_point end, Stopping&& stopping)
{
    using clock = std::chrono::steady_clock;
    constexpr clock::duration most = std::chrono::milliseconds(20);
    for (;;)
    {
        if (stopping())
            return false;
        const auto left = end - clock::now();
        if (left <= clock::duration::zero())
            return true;
        std::this_thread::sleep_for(std::min(left, most));
    }
}

} // namespace asio_fs::detail

#endif
