// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_SCOPED_HPP
#define HTTP_SERVER_SCOPED_HPP

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/detached.hpp>

#include <utility>

namespace http_server {

/// A file or directory whose end does not block: the library's own destructors wait for close(2), which frees
/// the blocks of what has no name any more.
template <class Object>
class scoped : public Object
{
public:
    explicit scoped(Object&& object) : Object(std::move(object)) {}
    scoped(scoped&&) noexcept = default;
    scoped& operator=(scoped&&) = delete;

    ~scoped()
    {
        if (this->is_open())
            this->async_close(boost::asio::detached);
    }
};

using scoped_dir = scoped<asio_fs::extended_dir>;
using scoped_file = scoped<asio_fs::extended_file>;

} // namespace http_server

#endif
