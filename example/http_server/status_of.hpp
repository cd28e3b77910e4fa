// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_STATUS_OF_HPP
#define HTTP_SERVER_STATUS_OF_HPP

#include <boost/beast/http/status.hpp>
#include <boost/system/error_code.hpp>

namespace http_server {

/// How an error is told to a client.
boost::beast::http::status status_of(const boost::system::error_code& ec);

} // namespace http_server

#endif
