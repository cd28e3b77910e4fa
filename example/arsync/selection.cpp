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

// Rules are for what is listed, not for the way there.
bool selection::leaves_out(std::string_view path, bool is_directory) const
{
    return excludes(path, is_directory) && !(list_ && is_directory && list_->leads_on(path));
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
    if (entry.extraneous)
        return delete_excluded_ || !excludes(entry.path, entry.type == asio_fs::entry_type::directory);
    return !leaves_out(entry.path, entry.type == asio_fs::entry_type::directory);
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
        if (leaves_out(path.substr(0, slash), true))
            return false;
    }
    return !leaves_out(path, is_directory);
}

} // namespace arsync
