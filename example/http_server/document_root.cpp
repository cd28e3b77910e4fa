// SPDX-License-Identifier: BSL-1.0

#include "document_root.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <utility>

namespace http_server {

namespace {

using asio_fs::error_code;
using asio_fs::extended_dir;
using asio_fs::extended_file;
using asio_fs::rename_flags;
using asio_fs::resolve_flags;

constexpr auto limits = resolve_flags::beneath | resolve_flags::no_magiclinks;

asio_fs::system_error failure(int number, const char* what)
{
    return asio_fs::system_error(error_code(number, boost::system::system_category()), what);
}

} // namespace

asio::awaitable<document> document_root::open(std::string path)
{
    // Without non_blocking, the opening of a fifo would wait for somebody to write.
    scoped_file file(co_await dir_.async_openat(
        path, extended_file::read_only | extended_file::non_blocking, 0, limits, asio::use_awaitable));
    const asio_fs::file_status status = co_await file.async_statx(asio::use_awaitable);
    if (!status.is_regular())
        throw failure(EACCES, "not a regular file");
    co_return document{std::move(file), status};
}

asio::awaitable<std::optional<asio_fs::file_status>> document_root::status(std::string path)
{
    error_code ec;
    scoped_file file(co_await dir_.async_openat(
        path, extended_file::path_only, 0, limits, asio::redirect_error(asio::use_awaitable, ec)));
    if (ec.value() == ENOENT)
        co_return std::nullopt;
    if (ec)
        throw asio_fs::system_error(ec, "openat2");
    co_return co_await file.async_statx(asio::use_awaitable);
}

asio::awaitable<upload> document_root::create(std::string path)
{
    const std::size_t slash = path.rfind('/');
    std::string name = path.substr(slash + 1); // all of it if there is no slash
    if (name == "." || name == "..")
        throw failure(EISDIR, "not a name for a file");
    const std::string parent_path = slash == std::string::npos ? "." : path.substr(0, slash);

    scoped_dir parent(
        co_await dir_.async_opendirat(parent_path, extended_dir::read_only, limits, asio::use_awaitable));
    scoped_file file(co_await parent.async_tmpfile(extended_file::write_only, 0644, asio::use_awaitable));
    co_return upload(std::move(file), std::move(parent), std::move(name));
}

upload::upload(scoped_file file, scoped_dir parent, std::string name)
    : file_(std::move(file)), parent_(std::move(parent)), name_(std::move(name))
{
}

asio::awaitable<asio_fs::file_status> upload::commit(bool only_new)
{
    co_await file_.async_fsync(asio::use_awaitable);
    const asio_fs::file_status status = co_await file_.async_statx(asio::use_awaitable);

    // A link cannot replace a file, a rename can: hence a name for the time in between, which nobody else has
    // as long as the inode exists.
    const std::string link = only_new ? name_ : ".upload-" + std::to_string(status.ino());
    co_await parent_.async_linkat(file_, link, asio::use_awaitable);
    if (!only_new)
    {
        error_code ec;
        co_await parent_.async_renameat(link, parent_, name_, asio::redirect_error(asio::use_awaitable, ec));
        if (ec)
        {
            error_code ignored;
            co_await parent_.async_unlinkat(link, asio::redirect_error(asio::use_awaitable, ignored));
            throw asio_fs::system_error(ec, "renameat");
        }
    }
    co_await parent_.async_fsync(asio::use_awaitable);
    co_return status;
}

} // namespace http_server
