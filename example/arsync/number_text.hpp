// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_NUMBER_TEXT_HPP
#define ARSYNC_NUMBER_TEXT_HPP

#include <cstdint>
#include <string>

namespace arsync {

/// Write a number of bytes for people: "1.50 MB".
std::string bytes_text(double bytes);

/// Write a number of things: "1 file", "2 files".
std::string count_text(std::uint64_t count, const char* one, const char* many);

/// Write a time: "0:00:07".
std::string duration_text(double seconds);

} // namespace arsync

#endif
