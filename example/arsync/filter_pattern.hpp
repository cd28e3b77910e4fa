// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_FILTER_PATTERN_HPP
#define ARSYNC_FILTER_PATTERN_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace arsync {

/// A pattern of --include or --exclude, with the meaning rsync(1) gives it in "PATTERN MATCHING RULES".
class filter_pattern
{
public:
    /// `text` is what the user wrote.
    explicit filter_pattern(std::string_view text);

    /// Whether it matches an entry, named from the top of what is copied, without a slash at either end.
    bool matches(std::string_view path, bool is_directory) const;

private:
    std::string glob_;
    bool directories_only_ = false;
    bool anchored_ = false;        // begins where the copy begins
    bool any_depth_ = false;       // has `**`
    std::ptrdiff_t slashes_ = 0;   // how many it has, but the last if that says it is for directories
    bool wild_ = false;            // has wildcards, and so a backslash that escapes
    bool starts_anywhere_ = false; // begins with `**`
    bool takes_slash_ = false;     // ends with `***`, which also stands for the directory before it
};

} // namespace arsync

#endif
