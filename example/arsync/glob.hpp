// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_GLOB_HPP
#define ARSYNC_GLOB_HPP

#include <string_view>

namespace arsync {

/// Whether a pattern with wildcards describes the whole of a text.
///
/// `?` stands for a byte but a slash, `*` for any number of them, `**` for any bytes with slashes, `[...]`
/// for one byte of a set (`!` or `^` in front: of none in it; ranges and POSIX classes as `[:alpha:]` are
/// known), and a backslash takes away what the next byte means.
bool glob_matches(std::string_view glob, std::string_view text);

} // namespace arsync

#endif
