// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_PLAN_HPP
#define ARSYNC_PLAN_HPP

#include "command_line.hpp"
#include "console.hpp"
#include "outcome.hpp"
#include "source_job.hpp"

#include <vector>

namespace arsync {

/// Find out what is to be copied to where. What cannot be copied is told and taken down in `done`.
///
/// Throws usage_error. Changes nothing.
std::vector<source_job> make_plan(const command_line& line, console& out, outcome& done);

/// Make room for the copy of a source, unless nothing may be changed. What cannot be done is told and taken
/// down in `done`. Returns whether the copy can begin: not where something is to be left alone that stands in
/// the way of a directory.
bool make_room(source_job& job, const command_line& line, console& out, outcome& done);

} // namespace arsync

#endif
