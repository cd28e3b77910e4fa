// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_BYTE_RANGE_HPP
#define HTTP_SERVER_BYTE_RANGE_HPP

#include <cstdint>
#include <string_view>

namespace http_server {

/// Which part of a document is asked for.
struct byte_range
{
    enum class kind
    {
        whole,          ///< no range, or one that may be disregarded: several, or another unit than bytes
        part,           ///< `first` and `length` say which, within the document
        unsatisfiable   ///< it begins behind the end
    };

    kind what = kind::whole;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

/// Reads the value of the field Range: RFC 9110, 14.2.
byte_range parse_range(std::string_view field, std::uint64_t size);

} // namespace http_server

#endif
