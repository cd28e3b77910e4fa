// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_FILTER_PATTERN_HPP
#define ARSYNC_FILTER_PATTERN_HPP

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
    bool anchored_ = false;     // begins where the copy begins
    bool whole_path_ = false;   // has a slash within or `**`; otherwise the last name alone is compared
    bool wild_ = false;         // has wildcards, and so a backslash that escapes
    bool starts_anywhere_ = false; // begins with `**`
    bool takes_slash_ = false;  // ends with `***`, which also stands for the directory before it
};

} // namespace arsync

#endif
