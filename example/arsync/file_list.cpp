// SPDX-License-Identifier: BSL-1.0

#include "file_list.hpp"

#include "usage_error.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>

namespace arsync {

namespace {

// The directory an entry lies in; empty for the top.
std::string parent_of(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

std::string without_leading_slashes(std::string_view name)
{
    name.remove_prefix(std::min(name.find_first_not_of('/'), name.size()));
    return std::string(name);
}

} // namespace

file_list::file_list(const std::vector<std::string>& names, bool recursive)
{
    for (const std::string& given : names)
    {
        if (given.find("/./") != std::string::npos)
            throw usage_error("--files-from: " + given +
                              ": /./ has no meaning here; paths are relative to SOURCE");
        std::string name = std::filesystem::path(without_leading_slashes(given)).lexically_normal().native();
        if (name == ".." || name.starts_with("../"))
            throw usage_error("--files-from: " + given + " leads out of the source");
        const bool entries = name.empty() || name == "." || name.ends_with('/');
        if (name.ends_with('/'))
            name.pop_back();
        if (name == ".")
            name.clear();
        if (recursive)
            roots_.insert(name);
        else if (entries)
            with_entries_.insert(name);
        if (!name.empty())
        {
            names_.push_back(name);
            named_.insert(name);
        }
        for (name = parent_of(name); !name.empty() && ways_.insert(name).second; name = parent_of(name))
        {}
    }
}

bool file_list::leads_on(std::string_view path) const { return ways_.contains(std::string(path)); }

bool file_list::contains(std::string_view path) const
{
    std::string directory(path);
    if (named_.contains(directory) || ways_.contains(directory))
        return true;
    directory = parent_of(path);
    if (with_entries_.contains(directory))
        return true;
    if (roots_.empty())
        return false;
    while (!directory.empty() && !roots_.contains(directory))
        directory = parent_of(directory);
    return roots_.contains(directory);
}

} // namespace arsync
