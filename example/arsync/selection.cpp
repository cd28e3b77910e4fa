// SPDX-License-Identifier: BSL-1.0

#include "selection.hpp"

#include <cstddef>
#include <utility>

namespace arsync {

selection::selection(const filter_rules& rules, std::optional<file_list> list, std::string name,
                     bool delete_excluded)
    : rules_(rules), list_(std::move(list)), name_(std::move(name)), delete_excluded_(delete_excluded)
{}

bool selection::excludes(std::string_view path, bool is_directory) const
{
    if (rules_.empty())
        return false;
    if (name_.empty())
        return rules_.excludes(path, is_directory);
    std::string full = name_;
    full += '/';
    full += path;
    return rules_.excludes(full, is_directory);
}

bool selection::allows_root(bool is_directory) const
{
    return name_.empty() || !rules_.excludes(name_, is_directory);
}

bool selection::allows(const asio_fs::copy_candidate& entry) const
{
    // What is not listed is not there, for this copy; so it is not known to be missing from the source,
    // either.
    if (list_ && !list_->contains(entry.path))
        return false;
    if (entry.extraneous && delete_excluded_)
        return true;
    return !excludes(entry.path, entry.type == asio_fs::entry_type::directory);
}

bool selection::reaches(std::string_view path, bool is_directory) const
{
    if (list_ && !list_->contains(path))
        return false;
    if (rules_.empty())
        return true;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/', slash + 1))
    {
        if (excludes(path.substr(0, slash), true))
            return false;
    }
    return !excludes(path, is_directory);
}

} // namespace arsync
