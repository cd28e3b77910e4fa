// SPDX-License-Identifier: BSL-1.0

#include "filter_pattern.hpp"

#include "glob.hpp"

#include <algorithm>
#include <cstddef>

namespace arsync {

namespace {

// The end of a path that has so many names, or all of it.
std::string_view last_names(std::string_view path, std::ptrdiff_t count)
{
    for (std::size_t at = path.size(); at-- > 0;)
    {
        if (path[at] == '/' && --count == 0)
            return path.substr(at + 1);
    }
    return path;
}

} // namespace

filter_pattern::filter_pattern(std::string_view text)
{
    if (text.size() > 1 && text.ends_with('/'))
    {
        directories_only_ = true;
        text.remove_suffix(1);
    }
    wild_ = text.find_first_of("*[?") != std::string_view::npos;
    const bool any_depth = text.find("**") != std::string_view::npos;
    slashes_ = std::count(text.begin(), text.end(), '/');
    any_depth_ = any_depth;
    starts_anywhere_ = text.starts_with("**");
    takes_slash_ = any_depth && text.ends_with("***");
    if (text.starts_with('/'))
    {
        anchored_ = true;
        text.remove_prefix(1);
    }
    glob_ = text;
}

bool filter_pattern::matches(std::string_view path, bool is_directory) const
{
    if (directories_only_ && !is_directory)
        return false;
    // Without `**`, a pattern describes as many names as it has between slashes.
    if (!anchored_ && !any_depth_)
    {
        if (std::count(path.begin(), path.end(), '/') < slashes_)
            return false;
        path = last_names(path, slashes_ + 1);
    }
    if (!wild_)
        return path == glob_;

    // `**/` may stand for no directory at all, and `/***` for the directory it is in.
    std::string text;
    if (starts_anywhere_)
        text += '/';
    text += path;
    if (takes_slash_ && is_directory)
        text += '/';
    std::string_view rest = text;
    if (glob_matches(glob_, rest))
        return true;
    if (anchored_ || starts_anywhere_ || !any_depth_)
        return false;
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/'))
    {
        rest.remove_prefix(slash + 1);
        if (glob_matches(glob_, rest))
            return true;
    }
    return false;
}

} // namespace arsync
