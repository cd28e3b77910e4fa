// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_MERGED_SOURCES_HPP
#define ARSYNC_MERGED_SOURCES_HPP

#include "source_job.hpp"

#include <asio_fs/copy_candidate.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace arsync {

/// What several sources have in common: the places of the destination that more than one of them has an entry
/// for. As in rsync the first one has its entry copied, unless it is none and another one a directory, and
/// what one source lacks is not missing where another has it.
class merged_sources
{
public:
    /// `jobs` must outlive this, and stay as they are.
    explicit merged_sources(const std::vector<source_job>& jobs) : jobs_(jobs) {}

    /// Whether another source may have entries for the same places as this one. If none has, nothing needs to
    /// be asked.
    bool is_shared(const source_job& job) const;

    /// Whether any source shares places with another.
    bool any_shared() const;

    /// Whether an entry of a source is copied, or may be removed from its copy, as far as the others are
    /// concerned. The path is relative to the source, and empty for the source itself.
    bool allows(const source_job& job, const asio_fs::copy_candidate& entry) const;

private:
    bool removable(const source_job& job, const std::string& place) const;
    bool wanted(const source_job& job, const std::string& place) const;

    const std::vector<source_job>& jobs_;
};

} // namespace arsync

#endif
