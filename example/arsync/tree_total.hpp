// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_TREE_TOTAL_HPP
#define ARSYNC_TREE_TOTAL_HPP

#include <atomic>
#include <cstdint>

namespace arsync {

/// How much there is to copy, as far as is known yet. It is counted while the copy is under way, and read by
/// other threads.
struct tree_total
{
    std::atomic<std::uint64_t> entries{0};
    std::atomic<std::uint64_t> bytes{0};

    /// Whether all has been counted.
    std::atomic<bool> complete{false};
};

} // namespace arsync

#endif
