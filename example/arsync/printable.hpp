// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_PRINTABLE_HPP
#define ARSYNC_PRINTABLE_HPP

#include <string>
#include <string_view>

namespace arsync {

/// Make a file name safe to print: a name may hold any byte, also those that command a terminal.
///
/// Control characters, characters that reorder or hide text, and bytes that are not valid UTF-8 become
/// `\#ooo` in octal, as rsync writes them; a backslash that would look like the start of such a sequence is
/// written that way, too. With `utf8` false every byte outside of ASCII is.
std::string printable(std::string_view name, bool utf8);

/// Whether the terminal understands UTF-8, by the locale in the environment.
bool locale_is_utf8();

} // namespace arsync

#endif
