// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_SIZE_TEXT_HPP
#define ARSYNC_SIZE_TEXT_HPP

#include <cstdint>
#include <optional>
#include <string_view>

namespace arsync {

/// Read a number of bytes as rsync does: digits, perhaps with a fraction, and a unit: B, K or KiB (1024), KB
/// (1000), and likewise M, G, T, P, in either case. `unit` is the one that is meant where none is given.
/// Nothing if the text is not like that, or the number too large.
std::optional<std::uint64_t> parse_size(std::string_view text, char unit);

} // namespace arsync

#endif
