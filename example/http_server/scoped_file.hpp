// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_SCOPED_FILE_HPP
#define HTTP_SERVER_SCOPED_FILE_HPP

#include <asio_fs/extended_file.hpp>

#include <boost/asio/detached.hpp>

#include <utility>

namespace http_server {

/// A file whose end does not block: extended_file's own destructor waits for close(2), which frees the blocks
/// of a file that has no name any more.
class scoped_file : public asio_fs::extended_file
{
public:
    explicit scoped_file(asio_fs::extended_file&& file) : asio_fs::extended_file(std::move(file)) {}
    scoped_file(scoped_file&&) noexcept = default;
    scoped_file& operator=(scoped_file&&) = delete;

    ~scoped_file()
    {
        if (is_open())
            async_close(boost::asio::detached);
    }
};

} // namespace http_server

#endif
