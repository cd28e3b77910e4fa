// SPDX-License-Identifier: BSL-1.0

#include "filter_rules.hpp"

#include "list_file.hpp"
#include "usage_error.hpp"

namespace arsync {

void filter_rules::add(kind what, std::string_view pattern)
{
    if (pattern == "!")
    {
        rules_.clear();
        return;
    }
    if (pattern.starts_with("- ") || pattern.starts_with("+ "))
    {
        what = pattern[0] == '+' ? kind::include : kind::exclude;
        pattern.remove_prefix(2);
    }
    if (pattern.empty())
        throw usage_error("a pattern of --include or --exclude is empty");
    rules_.push_back({what, filter_pattern(pattern)});
}

void filter_rules::add_file(kind what, const std::string& file, bool zero_ended)
{
    for (const std::string& line : read_list_file(file, zero_ended))
        add(what, line);
}

bool filter_rules::excludes(std::string_view path, bool is_directory) const
{
    for (const rule& one : rules_)
    {
        if (one.pattern.matches(path, is_directory))
            return one.what == kind::exclude;
    }
    return false;
}

} // namespace arsync
