// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_SOURCE_JOB_HPP
#define ARSYNC_SOURCE_JOB_HPP

#include "paths.hpp"
#include "selection.hpp"

namespace arsync {

/// One of the sources of the command line, with all that is known of it before the copy begins.
struct source_job
{
    copy_paths paths;
    selection chosen;
};

} // namespace arsync

#endif
