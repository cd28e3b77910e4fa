// SPDX-License-Identifier: BSL-1.0

#include "byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace http_server {

namespace {

// Digits only. A number too large for 64 bits is as good as the largest one.
std::optional<std::uint64_t> number(std::string_view digits)
{
    std::uint64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (digits.empty() || stop != end)
        return std::nullopt;
    return error == std::errc() ? value : std::numeric_limits<std::uint64_t>::max();
}

} // namespace

byte_range parse_range(std::string_view field, std::uint64_t size)
{
    constexpr std::string_view unit = "bytes=";
    const byte_range whole{byte_range::kind::whole, 0, size};
    const byte_range unsatisfiable{byte_range::kind::unsatisfiable, 0, 0};
    if (!field.starts_with(unit))
        return whole;
    field.remove_prefix(unit.size());
    const std::size_t dash = field.find('-');
    if (dash == std::string_view::npos)
        return whole;
    const auto first = number(field.substr(0, dash));
    const auto last = number(field.substr(dash + 1));

    if (dash == 0) // the last so many bytes
    {
        if (!last)
            return whole;
        const std::uint64_t length = std::min(*last, size);
        return length == 0 ? unsatisfiable : byte_range{byte_range::kind::part, size - length, length};
    }
    const bool open_end = dash + 1 == field.size();
    if (!first || (!last && !open_end) || (last && *last < *first))
        return whole;
    if (*first >= size)
        return unsatisfiable;
    const std::uint64_t rest = size - *first;
    return {byte_range::kind::part, *first, open_end ? rest : std::min(rest - 1, *last - *first) + 1};
}

} // namespace http_server
