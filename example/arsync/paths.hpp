// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_PATHS_HPP
#define ARSYNC_PATHS_HPP

#include <string>

namespace arsync {

/// What is copied to where, once rsync's rules about slashes are applied.
struct copy_paths
{
    /// The root of what is copied.
    std::string source;

    /// Where this root is to appear.
    std::string destination;

    /// A directory that has to be made first, since the destination is to appear inside it; usually empty.
    std::string parent_to_create;

    /// Whether something else stands where a directory is to appear, a symbolic link or a file.
    bool replaces_other = false;

    /// Whether the source is one.
    bool is_directory = false;

    /// What names in messages start with: the name of the source, unless only its content is copied.
    std::string name;
};

/// Find out what a SOURCE and a DESTINATION on the command line mean. Looks at both and changes nothing.
/// Where there are several sources, the destination is a directory that gets all of them. With `may_be_inside` the
/// destination may lie inside the source: something else keeps the copy from getting there.
///
/// Throws usage_error where they cannot mean anything: the destination is the source or lies inside it, or a
/// directory would have to replace a file. Throws std::filesystem::filesystem_error where the source is
/// missing or one of them cannot be examined.
copy_paths resolve_paths(const std::string& source, const std::string& destination, bool several,
                         bool may_be_inside);

} // namespace arsync

#endif
