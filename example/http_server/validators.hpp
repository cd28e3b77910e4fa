// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_VALIDATORS_HPP
#define HTTP_SERVER_VALIDATORS_HPP

#include <asio_fs/file_status.hpp>

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace http_server {

/// The entity tag of a file: another one after every change.
std::string entity_tag(const asio_fs::file_status& status);

/// A time as HTTP writes it: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::time_t time);

/// The fields of a request that make it conditional; empty if they are absent.
struct conditions
{
    std::string_view if_match;
    std::string_view if_none_match;
    std::string_view if_modified_since;
    std::string_view if_unmodified_since;
};

/// What becomes of a conditional request.
enum class verdict
{
    proceed,
    not_modified,
    precondition_failed
};

/// Evaluates the conditions as RFC 9110, 13.2.2 says.
/**
 * @param current the document as it is; nothing if there is none
 * @param reading whether it is GET or HEAD
 */
verdict check(const conditions& fields, const std::optional<asio_fs::file_status>& current, bool reading);

/// Whether a range may be served although the client has a part already: the field If-Range, or its absence.
bool range_applies(std::string_view if_range, const asio_fs::file_status& current);

} // namespace http_server

#endif
