// SPDX-License-Identifier: BSL-1.0
#ifndef HTTP_SERVER_DOCUMENT_ROOT_HPP
#define HTTP_SERVER_DOCUMENT_ROOT_HPP

#include "scoped.hpp"

#include <asio_fs/extended_dir.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <string>

namespace http_server {

namespace asio = boost::asio;

/// A file that is open for reading.
struct document
{
    scoped_file file;
    asio_fs::file_status status;
};

/// A file that is being received. It has no name before it is complete: whatever ends the transfer, nothing
/// of it stays.
class upload
{
public:
    upload(scoped_file file, scoped_dir parent, std::string name);

    scoped_file& file() noexcept { return file_; }

    /// Writes the file to the device and gives it its name.
    /**
     * @param only_new fail with EEXIST if there is a file of this name, rather than replace it
     * @returns the status of the new file
     */
    asio::awaitable<asio_fs::file_status> commit(bool only_new);

private:
    scoped_file file_;
    scoped_dir parent_;
    std::string name_;
};

/// The directory whose content is served. No path leads out of it: neither "..", nor a symbolic link, nor a
/// mount of /proc, also not while somebody changes the tree.
class document_root
{
public:
    document_root(asio::io_context& ctx, const std::string& path) : dir_(ctx, path) {}

    /// Opens a regular file. Throws system_error; EACCES if it is no regular file.
    asio::awaitable<document> open(std::string path);

    /// The status of the file that a path names, if there is one.
    asio::awaitable<std::optional<asio_fs::file_status>> status(std::string path);

    /// Begins to receive a file.
    asio::awaitable<upload> create(std::string path);

private:
    asio_fs::extended_dir dir_;
};

} // namespace http_server

#endif
