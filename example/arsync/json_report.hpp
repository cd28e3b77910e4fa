// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_JSON_REPORT_HPP
#define ARSYNC_JSON_REPORT_HPP

#include "command_line.hpp"
#include "outcome.hpp"

#include <string>

namespace arsync {

/// The report of --json: what was asked for, what was done, how fast, and what failed.
std::string json_report(const command_line& line, const outcome& done);

} // namespace arsync

#endif
