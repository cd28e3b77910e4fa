// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_TARGET_PATH_HPP
#define HTTP_SERVER_TARGET_PATH_HPP

#include <optional>
#include <string>
#include <string_view>

namespace http_server {

/// The path below the root that a request is about, decoded; a directory stands for its index.html.
/**
 * Whether the path leads out of the root is not looked at: no inspection of names can tell. The kernel does.
 * @returns nothing if the target is malformed
 */
std::optional<std::string> target_path(std::string_view target);

} // namespace http_server

#endif
