// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_FILE_LIST_HPP
#define ARSYNC_FILE_LIST_HPP

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace arsync {

/// The entries that --files-from names: they are copied, and the directories they lie in. Of a directory
/// named with a slash at its end the entries are copied, too, and of all of them everything beneath, if that
/// is asked for.
class file_list
{
public:
    /// `names` are relative to the source; a slash in front is ignored. Throws usage_error for one that leads
    /// out of the source.
    file_list(const std::vector<std::string>& names, bool recursive);

    /// Whether an entry is to be copied, or to be entered on the way to one that is.
    bool contains(std::string_view path) const;

    /// Whether an entry lies on the way to one that is to be copied.
    bool leads_on(std::string_view path) const;

    /// The names as they are compared, in the order they were given.
    const std::vector<std::string>& names() const noexcept { return names_; }

private:
    std::vector<std::string> names_;
    std::unordered_set<std::string> named_;        // those
    std::unordered_set<std::string> ways_;         // the directories they lie in
    std::unordered_set<std::string> with_entries_; // whose entries belong to the list
    std::unordered_set<std::string> roots_;        // with everything beneath
};

} // namespace arsync

#endif
