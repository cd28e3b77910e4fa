// SPDX-License-Identifier: BSL-1.0

#include "target_path.hpp"

#include <charconv>

namespace http_server {

std::optional<std::string> target_path(std::string_view target)
{
    if (!target.starts_with('/'))
        return std::nullopt;
    target = target.substr(0, target.find_first_of("?#"));

    std::string path;
    for (std::size_t i = 0; i < target.size(); ++i)
    {
        unsigned char byte = static_cast<unsigned char>(target[i]);
        if (byte == '%')
        {
            const std::string_view digits = target.substr(i + 1, 2);
            const char* end = digits.data() + digits.size();
            const auto [stop, error] = std::from_chars(digits.data(), end, byte, 16);
            if (digits.size() != 2 || error != std::errc() || stop != end || byte == 0)
                return std::nullopt;
            i += 2;
        }
        path += static_cast<char>(byte);
    }
    path.erase(0, path.find_first_not_of('/'));
    if (path.empty() || path.back() == '/')
        path += "index.html";
    return path;
}

} // namespace http_server
