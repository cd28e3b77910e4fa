// SPDX-License-Identifier: BSL-1.0

#include "size_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <system_error>

namespace arsync {

std::optional<std::uint64_t> parse_size(std::string_view text, char unit)
{
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + digits, number, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + digits)
        return std::nullopt;

    std::string suffix;
    for (const char c : text.substr(digits))
        suffix += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (suffix.empty())
        suffix = unit;
    const std::size_t power = std::string_view("BKMGTP").find(suffix[0]);
    if (power == std::string_view::npos)
        return std::nullopt;
    const std::string_view base = std::string_view(suffix).substr(1);
    if (!base.empty() && (power == 0 || (base != "B" && base != "IB")))
        return std::nullopt;

    number *= std::pow(base == "B" ? 1000.0 : 1024.0, static_cast<double>(power));
    if (number >= 0x1p63)
        return std::nullopt;
    return static_cast<std::uint64_t>(number);
}

} // namespace arsync
