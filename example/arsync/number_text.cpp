// SPDX-License-Identifier: BSL-1.0

#include "number_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <iterator>

namespace arsync {

std::string bytes_text(double bytes)
{
    static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < std::size(units))
    {
        bytes /= 1000;
        ++unit;
    }
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.2f %s", bytes, units[unit]);
    return text.data();
}

std::string count_text(std::uint64_t count, const char* one, const char* many)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

std::string duration_text(double seconds)
{
    const auto all = static_cast<unsigned long>(std::clamp(seconds, 0.0, 1e9) + 0.5);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%lu:%02lu:%02lu", all / 3600, all / 60 % 60, all % 60);
    return text.data();
}

} // namespace arsync
