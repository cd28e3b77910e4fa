// SPDX-License-Identifier: BSL-1.0

#include "merged_sources.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

namespace arsync {

namespace {

enum class presence : unsigned char
{
    none,
    directory,
    other,
    unknown // it could not be looked at
};

// Where an entry of a source goes to, relative to the destination that all of them have in common.
std::string place_of(const source_job& job, std::string_view path)
{
    std::string place = job.paths.name;
    if (!place.empty() && !path.empty())
        place += '/';
    return place.append(path);
}

presence look_at(const std::string& path)
{
    struct stat kind
    {};
    if (::fstatat(AT_FDCWD, path.c_str(), &kind, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT || errno == ENOTDIR ? presence::none : presence::unknown;
    return S_ISDIR(kind.st_mode) ? presence::directory : presence::other;
}

// What a source has for a place. A symbolic link on the way is copied and not followed, so nothing is behind
// it.
presence find(const source_job& job, std::string_view place)
{
    const std::string& name = job.paths.name;
    if (!name.empty())
    {
        if (!place.starts_with(name) || (place.size() > name.size() && place[name.size()] != '/'))
            return presence::none;
        place.remove_prefix(std::min(place.size(), name.size() + 1));
    }
    presence found = job.paths.is_directory ? presence::directory : presence::other;
    for (std::size_t end = 0; end < place.size(); ++end)
    {
        if (found != presence::directory)
            return found == presence::unknown ? found : presence::none;
        end = std::min(place.find('/', end), place.size());
        found = look_at(job.paths.source + '/' + std::string(place.substr(0, end)));
    }
    if (found == presence::none || place.empty() ||
        job.chosen.reaches(place, found == presence::directory))
        return found;
    return presence::none;
}

} // namespace

bool merged_sources::is_shared(const source_job& job) const
{
    const std::string& name = job.paths.name;
    return std::any_of(jobs_.begin(), jobs_.end(),
                       [&](const source_job& other)
                       {
                           return &other != &job && (name.empty() || other.paths.name.empty() ||
                                                     name == other.paths.name);
                       });
}

bool merged_sources::any_shared() const
{
    return std::any_of(jobs_.begin(), jobs_.end(), [&](const source_job& job) { return is_shared(job); });
}

bool merged_sources::allows(const source_job& job, const asio_fs::copy_candidate& entry) const
{
    const std::string place = place_of(job, entry.path);
    if (entry.extraneous)
        return removable(job, place);
    return entry.type == asio_fs::entry_type::directory || wanted(job, place);
}

// What nothing is known of stays.
bool merged_sources::removable(const source_job& job, const std::string& place) const
{
    return std::none_of(jobs_.begin(), jobs_.end(),
                        [&](const source_job& other)
                        { return &other != &job && find(other, place) != presence::none; });
}

bool merged_sources::wanted(const source_job& job, const std::string& place) const
{
    return std::none_of(jobs_.begin(), jobs_.end(),
                        [&](const source_job& other)
                        {
                            if (&other == &job)
                                return false;
                            const presence found = find(other, place);
                            return found == presence::directory ||
                                   (found == presence::other && &other < &job);
                        });
}

} // namespace arsync
