// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_FILTER_RULES_HPP
#define ARSYNC_FILTER_RULES_HPP

#include "filter_pattern.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace arsync {

/// The rules of --include and --exclude, in the order they were given. The first one that matches decides,
/// and what none matches is copied.
class filter_rules
{
public:
    /// Which of the two options a rule comes from.
    enum class kind : unsigned char
    {
        exclude,
        include
    };

    /// Append a rule. As in rsync a pattern may begin with `+ ` or `- `, which says what it does whatever the
    /// option, and a pattern that is `!` forgets all rules before it. Throws usage_error if there is none.
    void add(kind what, std::string_view pattern);

    /// Append the rules of a file; see read_list_file().
    void add_file(kind what, const std::string& file, bool zero_ended);

    /// Whether there are none.
    bool empty() const noexcept { return rules_.empty(); }

    /// Whether an entry is to be left out. Directories it lies in are not looked at.
    bool excludes(std::string_view path, bool is_directory) const;

private:
    struct rule
    {
        kind what;
        filter_pattern pattern;
    };

    std::vector<rule> rules_;
};

} // namespace arsync

#endif
