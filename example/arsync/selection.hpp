// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_SELECTION_HPP
#define ARSYNC_SELECTION_HPP

#include "file_list.hpp"
#include "filter_rules.hpp"

#include <asio_fs/copy_candidate.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace arsync {

/// What is copied of a source, and which of its entries may be removed from the destination.
class selection
{
public:
    /// `name` is what entries are put behind to be compared with rules: the name of the source, or empty
    /// where only its content is copied. Where `delete_excluded` is set, rules protect nothing from being
    /// removed.
    selection(const filter_rules& rules, std::optional<file_list> list, std::string name,
              bool delete_excluded);

    /// Whether it leaves anything out.
    bool is_everything() const noexcept { return rules_.empty() && !list_; }

    /// Whether the source itself is copied.
    bool allows_root(bool is_directory) const;

    /// What the copy asks for.
    bool allows(const asio_fs::copy_candidate& entry) const;

    /// Whether an entry of the source is copied, when nothing is known yet of the directories it lies in.
    bool reaches(std::string_view path, bool is_directory) const;

private:
    bool excludes(std::string_view path, bool is_directory) const;
    bool leaves_out(std::string_view path, bool is_directory) const;

    filter_rules rules_;
    std::optional<file_list> list_;
    std::string name_;
    bool delete_excluded_;
};

} // namespace arsync

#endif
