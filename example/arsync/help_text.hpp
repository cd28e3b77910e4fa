// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_HELP_TEXT_HPP
#define ARSYNC_HELP_TEXT_HPP

#include <string>

namespace arsync {

/// The text of --help.
std::string help_text();

} // namespace arsync

#endif
