// SPDX-License-Identifier: BSL-1.0
//
// xattr list FILE             prints the extended attributes and their values
// xattr get FILE NAME         prints a value
// xattr set FILE NAME VALUE   creates or replaces an attribute
// xattr remove FILE NAME      removes it

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <asio_fs.hpp>
#include <asio_fs/xattr_names.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;

namespace {

// Asks for the size, then for the value. Somebody may enlarge the value in between: then once more.
asio::awaitable<std::string> value_of(asio_fs::extended_file& file, std::string name)
{
    std::string value;
    for (;;)
    {
        value.resize(co_await file.async_getxattr(name, asio::mutable_buffer(), asio::use_awaitable));
        if (value.empty())
            co_return value;
        error_code ec;
        value.resize(co_await file.async_getxattr(
            name, asio::buffer(value), asio::redirect_error(asio::use_awaitable, ec)));
        if (!ec)
            co_return value;
        if (ec.value() != ERANGE)
            throw asio_fs::system_error(ec, name);
    }
}

asio::awaitable<void> list(asio_fs::extended_file& file)
{
    std::vector<char> names(65536); // no list is longer: XATTR_LIST_MAX
    const std::size_t size = co_await file.async_listxattr(asio::buffer(names), asio::use_awaitable);
    for (std::string_view name : asio_fs::xattr_names(names.data(), size))
        std::cout << name << '=' << co_await value_of(file, std::string(name)) << '\n';
}

asio::awaitable<void> run(std::vector<std::string> arguments)
{
    asio_fs::extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(arguments[1], asio_fs::extended_file::read_only, asio::use_awaitable);

    if (arguments[0] == "list")
        co_await list(file);
    else if (arguments[0] == "get")
        std::cout << co_await value_of(file, arguments[2]) << '\n';
    else if (arguments[0] == "set")
        co_await file.async_setxattr(arguments[2], asio::buffer(arguments[3]), asio::use_awaitable);
    else
        co_await file.async_removexattr(arguments[2], asio::use_awaitable);
}

bool valid(const std::vector<std::string>& arguments)
{
    if (arguments.empty())
        return false;
    const std::string& command = arguments[0];
    return (command == "list" && arguments.size() == 2) || (command == "get" && arguments.size() == 3) ||
           (command == "set" && arguments.size() == 4) || (command == "remove" && arguments.size() == 3);
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!valid(arguments))
    {
        std::cerr << "usage: xattr list FILE | get FILE NAME | set FILE NAME VALUE | remove FILE NAME\n";
        return 2;
    }
    asio::io_context ctx;
    int status = 0;
    asio::co_spawn(ctx, run(arguments), [&](std::exception_ptr failure) {
        try
        {
            if (failure)
                std::rethrow_exception(failure);
        }
        catch (const std::exception& e)
        {
            std::cerr << arguments[1] << ": " << e.what() << '\n';
            status = 1;
        }
    });
    ctx.run();
    return status;
}
