// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_COUNTERS_HPP
#define ARSYNC_COUNTERS_HPP

#include <asio_fs/copy_counters.hpp>

#include <array>
#include <cstdint>

namespace arsync {

/// A counter of a copy, and its name in the report.
struct counter
{
    const char* name;
    std::uint64_t asio_fs::copy_counters::*count;
};

/// All of them.
inline constexpr std::array<counter, 13> counters{
    {{"directories", &asio_fs::copy_counters::directories},
     {"files", &asio_fs::copy_counters::files},
     {"symlinks", &asio_fs::copy_counters::symlinks},
     {"specials", &asio_fs::copy_counters::specials},
     {"hard_links", &asio_fs::copy_counters::hard_links},
     {"skipped", &asio_fs::copy_counters::skipped},
     {"bytes_copied", &asio_fs::copy_counters::bytes_copied},
     {"bytes_cloned", &asio_fs::copy_counters::bytes_cloned},
     {"bytes_in_holes", &asio_fs::copy_counters::bytes_in_holes},
     {"removed", &asio_fs::copy_counters::removed},
     {"verified", &asio_fs::copy_counters::verified},
     {"vanished", &asio_fs::copy_counters::vanished},
     {"errors", &asio_fs::copy_counters::errors}}};

static_assert(sizeof(asio_fs::copy_counters) == counters.size() * sizeof(std::uint64_t), "one is missing");

/// Add up.
inline void add_counters(asio_fs::copy_counters& sum, const asio_fs::copy_counters& part)
{
    for (const counter& one : counters)
        sum.*one.count += part.*one.count;
}

} // namespace arsync

#endif
