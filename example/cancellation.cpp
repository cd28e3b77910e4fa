// SPDX-License-Identifier: BSL-1.0
//
// cancellation FIFO: waits until somebody opens a fifo for writing and prints what he says. Ctrl-C ends the
// waiting: while the fifo is being opened by a cancellation slot, which reaches one operation, and while it
// is read by cancel(), which reaches all operations of an object.

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <array>
#include <csignal>
#include <functional>
#include <iostream>
#include <string_view>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;

int main(int argc, char** argv)
{
    if (argc != 2)
    {
        std::cerr << "usage: cancellation FIFO\n";
        return 2;
    }
    asio::io_context ctx(1);
    asio_fs::extended_file fifo(ctx);
    asio::cancellation_signal stop_opening;
    asio::signal_set signals(ctx, SIGINT);
    std::array<char, 1024> buffer;
    int status = 0;

    const auto finish = [&](error_code ec) {
        signals.cancel();
        if (ec == asio::error::eof)
            return;
        status = 1;
        std::cerr << (ec == asio::error::operation_aborted ? "cancelled" : ec.message()) << '\n';
    };
    std::function<void(error_code, std::size_t)> print = [&](error_code ec, std::size_t size) {
        if (ec)
            return finish(ec);
        std::cout << std::string_view(buffer.data(), size) << std::flush;
        fifo.async_read_some(asio::buffer(buffer), print);
    };

    signals.async_wait([&](error_code ec, int) {
        if (ec)
            return;
        stop_opening.emit(asio::cancellation_type::terminal);
        fifo.cancel();
    });
    fifo.async_open(argv[1], asio_fs::extended_file::read_only,
        asio::bind_cancellation_slot(stop_opening.slot(), [&](error_code ec) {
            if (ec)
                return finish(ec);
            std::cout << "open\n" << std::flush;
            fifo.async_read_some(asio::buffer(buffer), print);
        }));
    ctx.run();
    return status;
}
