// SPDX-License-Identifier: BSL-1.0
//
// set_config FILE KEY VALUE: sets a line "KEY=VALUE" in a configuration file. Whatever happens, a crash included,
// there is the old file or the new one, complete; owner, mode and access control list stay.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read_at.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::extended_file;

namespace {

// The content of a file; nothing if there is no file.
asio::awaitable<std::string> read_all(std::string path)
{
    extended_file file(co_await asio::this_coro::executor);
    const auto [ec] = co_await file.async_open(path, extended_file::read_only, asio::as_tuple(asio::use_awaitable));
    if (ec == boost::system::errc::no_such_file_or_directory)
        co_return std::string();
    if (ec)
        throw asio_fs::system_error(ec, "open");
    const asio_fs::file_status status = co_await file.async_statx(asio::use_awaitable);
    std::string text(status.size(), '\0');
    co_await asio::async_read_at(file, 0, asio::buffer(text), asio::use_awaitable);
    co_return text;
}

std::string with_setting(const std::string& text, const std::string& key, const std::string& value)
{
    std::string result;
    bool found = false;
    for (std::size_t begin = 0; begin < text.size();)
    {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string line = text.substr(begin, end - begin);
        if (line.starts_with(key + '='))
        {
            line = key + '=' + value;
            found = true;
        }
        result += line + '\n';
        begin = end + 1;
    }
    if (!found)
        result += key + '=' + value + '\n';
    return result;
}

asio::awaitable<void> set(std::string path, std::string key, std::string value)
{
    const std::string old = co_await read_all(path);
    const std::string text = with_setting(old, key, value);
    co_await asio_fs::async_replace_file(co_await asio::this_coro::executor, path, asio::buffer(text),
        asio_fs::replace_file_options{}, asio::use_awaitable);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4)
    {
        std::cerr << "usage: set_config FILE KEY VALUE\n";
        return 2;
    }
    asio::io_context ctx;
    int status = 0;
    asio::co_spawn(ctx, set(argv[1], argv[2], argv[3]), [&](std::exception_ptr failure) {
        try
        {
            if (failure)
                std::rethrow_exception(failure);
        }
        catch (const std::exception& e)
        {
            std::cerr << argv[1] << ": " << e.what() << '\n';
            status = 1;
        }
    });
    ctx.run();
    return status;
}
