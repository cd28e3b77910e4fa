// SPDX-License-Identifier: BSL-1.0
//
// upload_server PORT DIRECTORY: what a client sends until it shuts its side down becomes a file of the
// directory; it is told the name. Sockets and files share one io_context with one thread, and neither waits
// for the other: while a block is being written, other clients are served, and the next block of the same one
// arrives.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/asio/write_at.hpp>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio::ip::tcp;
using asio_fs::error_code;

namespace {

// Stores the stream. Returns its size.
asio::awaitable<std::uint64_t> receive(tcp::socket& socket, asio_fs::extended_file& file)
{
    std::vector<char> buffer(64 * 1024);
    std::uint64_t size = 0;
    for (;;)
    {
        error_code ec;
        const std::size_t n = co_await socket.async_read_some(
            asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, ec));
        if (ec == asio::error::eof)
            co_return size;
        if (ec)
            throw asio_fs::system_error(ec, "read");
        co_await asio::async_write_at(file, size, asio::buffer(buffer, n), asio::use_awaitable);
        size += n;
    }
}

// Stores the stream under a name of its own, which appears when everything is on the device.
asio::awaitable<std::string> store(tcp::socket& socket, asio_fs::extended_dir& dir, std::string name)
{
    using file = asio_fs::extended_file;
    const std::string part = name + ".part";
    file f = co_await dir.async_openat(
        part, file::write_only | file::create | file::exclusive, 0644, asio::use_awaitable);
    std::exception_ptr failure;
    try
    {
        const std::uint64_t size = co_await receive(socket, f);
        co_await f.async_fdatasync(asio::use_awaitable);
        co_await f.async_close(asio::use_awaitable);
        co_await dir.async_renameat(part, dir, name, asio_fs::rename_flags::no_replace, asio::use_awaitable);
        co_return name + ": " + std::to_string(size) + " bytes\n";
    }
    catch (...)
    {
        failure = std::current_exception(); // a handler of exceptions cannot co_await
    }
    error_code ignored;
    co_await dir.async_unlinkat(part, asio::redirect_error(asio::use_awaitable, ignored));
    std::rethrow_exception(failure);
}

asio::awaitable<void> serve(tcp::socket socket, asio_fs::extended_dir& dir, unsigned number)
{
    std::string answer;
    try
    {
        answer = co_await store(socket, dir, "upload-" + std::to_string(number));
    }
    catch (const std::exception& e)
    {
        answer = std::string("failed: ") + e.what() + '\n';
    }
    error_code ignored;
    co_await asio::async_write(
        socket, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, asio_fs::extended_dir& dir)
{
    for (unsigned number = 1;; ++number)
    {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), dir, number), asio::detached);
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
    {
        std::cerr << "usage: upload_server PORT DIRECTORY\n";
        return 2;
    }
    try
    {
        asio::io_context ctx(1);
        asio_fs::extended_dir dir(ctx, argv[2]);
        tcp::acceptor acceptor(
            ctx, {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::atoi(argv[1]))});
        asio::signal_set signals(ctx, SIGINT, SIGTERM);
        signals.async_wait([&](error_code, int) { ctx.stop(); });
        std::cout << "listening on " << acceptor.local_endpoint() << std::endl;
        asio::co_spawn(ctx, accept(acceptor, dir), asio::detached);
        ctx.run();
    }
    catch (const std::exception& e)
    {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
