// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_SESSION_HPP
#define HTTP_SERVER_SESSION_HPP

#include "document_root.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace http_server {

/// Answers the requests that come over a connection, until it ends.
asio::awaitable<void> serve(asio::ip::tcp::socket socket, document_root& root);

} // namespace http_server

#endif
