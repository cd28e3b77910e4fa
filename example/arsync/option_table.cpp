// SPDX-License-Identifier: BSL-1.0

#include "option_table.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace arsync {

namespace {

// How many letters have to be put in, left out, exchanged or swapped to make one word the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
    {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
        {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before = std::exchange(last, now);
    }
    return last[b.size()];
}

} // namespace

std::array<option_group, 5> option_groups()
{
    return {{{"What is preserved", preserve_options()},
             {"What is copied", selection_options()},
             {"How it is copied", transfer_options()},
             {"What is printed", output_options()},
             {nullptr, refused_options()}}};
}

const option* find_option(std::string_view key)
{
    const bool by_letter = key.size() == 2 && key[0] == '-';
    for (const option_group& group : option_groups())
    {
        for (const option& one : group.options)
        {
            if (by_letter ? one.letter == key[1] : key == one.name)
                return &one;
        }
    }
    return nullptr;
}

std::string_view nearest_option(std::string_view name)
{
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
    for (const option_group& group : option_groups())
    {
        for (const option& one : group.options)
        {
            const std::string_view candidate = one.name;
            if (one.apply == nullptr || one.help == nullptr || candidate.empty())
                continue;
            // What was begun and not ended is nearer than any other word.
            const std::size_t far =
                name.size() >= 3 && candidate.starts_with(name) ? 1 : distance(name, candidate);
            if (far < least)
            {
                least = far;
                nearest = candidate;
            }
        }
    }
    return nearest;
}

} // namespace arsync
