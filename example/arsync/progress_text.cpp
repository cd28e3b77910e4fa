// SPDX-License-Identifier: BSL-1.0

#include "progress_text.hpp"

#include "number_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace arsync {

namespace {

// The effort for an entry of no size, in bytes that could be copied meanwhile. An estimate is made of it
// only.
constexpr double effort_per_entry = 64.0 * 1024;

std::uint64_t entries_of(const asio_fs::copy_counters& done)
{
    return done.directories + done.files + done.symlinks + done.specials + done.hard_links + done.skipped;
}

// From 0 to 1. Entries that were left as they were have the mean size, for all that is known.
double share_of(const asio_fs::copy_counters& done, const tree_total& total)
{
    const auto entries = static_cast<double>(std::max<std::uint64_t>(total.entries, 1));
    const double all = entries * effort_per_entry + static_cast<double>(total.bytes);
    const double mean = static_cast<double>(total.bytes) / entries;
    const auto bytes = static_cast<double>(done.bytes_copied + done.bytes_cloned + done.bytes_in_holes);
    const double past = static_cast<double>(entries_of(done)) * effort_per_entry + bytes +
                        static_cast<double>(done.skipped) * mean;
    return std::min(past / all, 1.0);
}

} // namespace

std::string progress_text(const asio_fs::copy_counters& done, const tree_total& total, double seconds)
{
    seconds = std::max(seconds, 0.001);
    std::array<char, 32> percent{};
    std::string left;
    const bool known = total.complete;
    if (known)
    {
        const double share = share_of(done, total);
        std::snprintf(percent.data(), percent.size(), "%3.0f%%  ", std::min(share * 100, 99.0));
        if (share > 0.01)
            left = "  " + duration_text(seconds * (1 - share) / share) + " left";
    }
    const std::uint64_t found = std::max<std::uint64_t>(total.entries, entries_of(done));
    const auto bytes = static_cast<double>(done.bytes_copied + done.bytes_cloned);
    return percent.data() + std::to_string(entries_of(done)) + '/' + std::to_string(found) +
           (known ? "" : "+") + " entries  " + bytes_text(bytes) + "  " + bytes_text(bytes / seconds) + "/s" +
           left;
}

} // namespace arsync
