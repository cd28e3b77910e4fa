// SPDX-License-Identifier: BSL-1.0
//
// http_server ADDRESS PORT ROOT
//
// Serves (GET, HEAD) and accepts (PUT) files beneath a directory. One thread: nothing that it does waits for
// the file system. A file appears under its name when it is complete and on the device, or not at all.

#include "session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <utility>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

asio::awaitable<void> accept(tcp::acceptor& acceptor, http_server::document_root& root)
{
    asio::steady_timer pause(acceptor.get_executor());
    for (;;)
    {
        asio_fs::error_code ec;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
        if (!ec)
            asio::co_spawn(
                acceptor.get_executor(), http_server::serve(std::move(socket), root), asio::detached);
        else
        {
            // No descriptor left, for example: some will be given back.
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::use_awaitable);
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4)
    {
        std::cerr << "usage: http_server ADDRESS PORT ROOT\n";
        return 2;
    }
    try
    {
        asio::io_context ctx(1);
        http_server::document_root root(ctx, argv[3]);
        const auto port = static_cast<std::uint16_t>(std::atoi(argv[2]));
        tcp::acceptor acceptor(ctx, {asio::ip::make_address(argv[1]), port});
        asio::signal_set signals(ctx, SIGINT, SIGTERM);
        signals.async_wait([&](asio_fs::error_code, int) { ctx.stop(); });
        std::cout << "listening on " << acceptor.local_endpoint() << std::endl;
        asio::co_spawn(ctx, accept(acceptor, root), asio::detached);
        ctx.run();
    }
    catch (const std::exception& e)
    {
        std::cerr << "http_server: " << e.what() << '\n';
        return 1;
    }
}
