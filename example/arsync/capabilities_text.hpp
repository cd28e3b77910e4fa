// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_CAPABILITIES_TEXT_HPP
#define ARSYNC_CAPABILITIES_TEXT_HPP

#include <string>

namespace arsync {

/// What --capabilities prints: what runs each operation here.
std::string capabilities_text();

/// What `-VV` prints: the version and what arsync can do, in the form of rsync's `-VV`.
std::string version_json();

} // namespace arsync

#endif
