// SPDX-License-Identifier: BSL-1.0

#include "status_of.hpp"

#include <boost/beast/http/error.hpp>

#include <cerrno>

namespace http_server {

boost::beast::http::status status_of(const boost::system::error_code& ec)
{
    using boost::beast::http::error;
    using boost::beast::http::status;
    if (ec == error::body_limit)
        return status::payload_too_large;
    if (ec.category() != boost::system::system_category())
        return status::bad_request;

    switch (ec.value())
    {
    case ENOENT:
    case ENOTDIR:
        return status::not_found;
    case EXDEV: // the path leads out of the root
    case ELOOP:
    case EACCES:
    case EPERM:
    case EROFS:
    case ENXIO: // a socket
        return status::forbidden;
    case EISDIR:
    case ENOTEMPTY:
        return status::conflict;
    case EEXIST: // If-None-Match: *, and somebody was faster
        return status::precondition_failed;
    case ENAMETOOLONG:
        return status::uri_too_long;
    case ENOSPC:
    case EDQUOT:
        return status::insufficient_storage;
    case EAGAIN: // directories along the path are being renamed
    case EMFILE:
    case ENFILE:
    case ENOMEM:
        return status::service_unavailable;
    default:
        return status::internal_server_error;
    }
}

} // namespace http_server
