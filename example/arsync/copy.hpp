// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_COPY_HPP
#define ARSYNC_COPY_HPP

#include "command_line.hpp"
#include "exit_status.hpp"

namespace arsync {

/// Copy what the command line names and print what happens. Throws usage_error before anything is changed.
exit_status copy(const command_line& line);

} // namespace arsync

#endif
