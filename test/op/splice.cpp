// SPDX-License-Identifier: BSL-1.0

// splice_to: every byte arrives once, whoever is slow, and whatever ends the operation.

#include "op/runner.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/connect_pipe.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/writable_pipe.hpp>

#include <poll.h>
#include <sys/ioctl.h>

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;

namespace {

using local = asio::local::stream_protocol;

// Bytes that tell their place.
std::string pattern(std::size_t size)
{
    std::string text(size, '\0');
    std::uint32_t x = 1;
    for (char& c : text)
        c = static_cast<char>((x = x * 1664525u + 1013904223u) >> 24);
    return text;
}

// A file of some size, and two ends of a connection that takes much less.
struct fixture
{
    explicit fixture(engine_choice e, std::size_t size = 4 * 1024 * 1024)
        : content(pattern(size)),
          ctx(e),
          file(ctx, s.files.file("f", content), extended_file::read_only),
          near(ctx),
          far(ctx)
    {
        asio::local::connect_pair(near, far);
    }

    auto store()
    {
        ec = asio::error::would_block;
        bytes = 0;
        return [this](error_code e, std::size_t n) {
            ec = e;
            bytes = n;
        };
    }

    std::uint64_t position() const
    {
        return static_cast<std::uint64_t>(::lseek(file.native_handle(), 0, SEEK_CUR));
    }

    void run_for(std::chrono::milliseconds time)
    {
        ctx.restart();
        ctx.run_for(time);
    }

    void run()
    {
        ctx.restart();
        ctx.run();
    }

    // Sends until the connection takes no more; the last operation waits.
    std::size_t fill()
    {
        std::size_t sent = 0;
        for (;;)
        {
            file.async_splice_to(near, content.size(), store());
            for (int before = -1; ec == asio::error::would_block && (has_room() || arrived() != before);)
            {
                before = arrived();
                run_for(20ms);
            }
            if (ec == asio::error::would_block)
                return sent;
            BOOST_TEST_REQUIRE(!ec);
            BOOST_TEST_REQUIRE(bytes != 0u);
            sent += bytes;
            BOOST_TEST_REQUIRE(position() == sent);
        }
    }

    bool has_room()
    {
        pollfd wanted{near.native_handle(), POLLOUT, 0};
        return ::poll(&wanted, 1, 0) == 1;
    }

    int arrived()
    {
        int waiting = 0;
        BOOST_TEST_REQUIRE(::ioctl(far.native_handle(), FIONREAD, &waiting) == 0);
        return waiting;
    }

    // What has arrived at the other end.
    std::string drain()
    {
        std::string got;
        std::array<char, 65536> part;
        for (error_code error;;)
        {
            far.non_blocking(true);
            const std::size_t n = far.read_some(asio::buffer(part), error);
            if (error)
                return got;
            got.append(part.data(), n);
        }
    }

    scratch s;
    std::string content;
    context ctx;
    extended_file file;
    local::socket near, far;
    error_code ec;
    std::size_t bytes = 0;
};

enum class ending { signal, cancel, close };

std::ostream& operator<<(std::ostream& out, ending e)
{
    return out << (e == ending::signal ? "signal" : e == ending::cancel ? "cancel" : "close");
}

const auto endings = boost::unit_test::data::make({ending::signal, ending::cancel, ending::close});

} // namespace

BOOST_AUTO_TEST_SUITE(splicing)

BOOST_DATA_TEST_CASE(every_byte_arrives_once, engines, engine)
{
    fixture t(engine);
    std::string got;
    std::array<char, 20000> part;
    bool ended = false;
    std::function<void()> send = [&] {
        t.file.async_splice_to(t.near, t.content.size(), [&](error_code ec, std::size_t n) {
            BOOST_TEST_REQUIRE(!ec);
            ended = n == 0;
            if (ended)
                t.near.close();
            else
                send();
        });
    };
    std::function<void()> receive = [&] {
        t.far.async_read_some(asio::buffer(part), [&](error_code ec, std::size_t n) {
            got.append(part.data(), n);
            if (!ec)
                receive();
        });
    };
    send();
    receive();
    t.ctx.run();
    BOOST_TEST(ended);
    BOOST_TEST((got == t.content));
    BOOST_TEST(t.position() == t.content.size());
}

BOOST_DATA_TEST_CASE(through_tcp_and_pipes, engines, engine)
{
    fixture t(engine, 300000);
    asio::ip::tcp::acceptor acceptor(t.ctx, {asio::ip::address_v4::loopback(), 0});
    asio::ip::tcp::socket client(t.ctx), server(t.ctx);
    client.connect(acceptor.local_endpoint());
    acceptor.accept(server);
    asio::readable_pipe out(t.ctx);
    asio::writable_pipe in(t.ctx);
    asio::connect_pipe(out, in);

    const auto check = [&](auto& to, auto& from) {
        std::string got(t.content.size() - 1000, '\0');
        std::size_t sent = 0;
        std::function<void()> send = [&] {
            const std::uint64_t at = 1000 + sent;
            t.file.async_splice_to(to, at, got.size() - sent, [&](error_code ec, std::size_t n) {
                BOOST_TEST_REQUIRE(!ec);
                if ((sent += n) != got.size())
                    send();
            });
        };
        send();
        error_code read = asio::error::would_block;
        asio::async_read(from, asio::buffer(got), [&](error_code ec, std::size_t) { read = ec; });
        t.run();
        BOOST_TEST(!read);
        BOOST_TEST((got == t.content.substr(1000)));
        BOOST_TEST(t.position() == 0u);
    };
    check(client, server);
    check(in, out);
}

// A slow receiver delays nobody else: waiting for it takes no thread where there is a ring.
BOOST_AUTO_TEST_CASE(waiting_keeps_no_worker, *boost::unit_test::precondition(needs_ring()))
{
    asio::io_context ctx;
    engine_options options;
    options.worker_threads = 2;
    configure_engine(ctx, options);
    const scratch s;
    const std::string content = pattern(1 << 20);
    extended_file file(ctx, s.files.file("f", content), extended_file::read_only);
    std::vector<local::socket> sockets;
    std::size_t waiting = 0;
    for (int i = 0; i != 8; ++i)
    {
        local::socket near(ctx), far(ctx);
        asio::local::connect_pair(near, far);
        near.non_blocking(true);
        for (error_code ec; !ec;)
            near.write_some(asio::buffer(content), ec);
        file.async_splice_to(near, 0, content.size(), [&](error_code ec, std::size_t) {
            BOOST_TEST(ec == asio::error::operation_aborted);
            --waiting;
        });
        ++waiting;
        sockets.push_back(std::move(near));
        sockets.push_back(std::move(far));
    }
    ctx.run_for(20ms);
    BOOST_TEST(waiting == 8u);
    bool others = false;
    file.async_fchmod(0600, [&](error_code ec) { others = !ec; });
    for (int i = 0; i != 100 && !others; ++i)
        ctx.run_for(10ms);
    BOOST_TEST(others);
    file.cancel();
    ctx.restart();
    ctx.run();
    BOOST_TEST(waiting == 0u);
}

BOOST_DATA_TEST_CASE(cancelled_while_it_waits_sends_nothing, engines* endings, engine, how)
{
    fixture t(engine);
    const std::size_t sent = t.fill();
    t.file.cancel();
    t.run();
    BOOST_TEST(t.ec == asio::error::operation_aborted);

    asio::cancellation_signal signal;
    t.file.async_splice_to(t.near, t.content.size(), asio::bind_cancellation_slot(signal.slot(), t.store()));
    t.run_for(20ms);
    BOOST_TEST(t.ec == asio::error::would_block);
    if (how == ending::signal)
        signal.emit(asio::cancellation_type::total);
    else if (how == ending::cancel)
        t.file.cancel();
    else
        t.file.close();
    t.run();
    BOOST_TEST(t.ec == asio::error::operation_aborted);
    BOOST_TEST(t.bytes == 0u);
    BOOST_TEST((t.drain() == t.content.substr(0, sent)));
    if (how == ending::close)
        return;
    BOOST_TEST(t.position() == sent);
    t.file.async_splice_to(t.near, 1000, t.store());
    t.run();
    BOOST_TEST(!t.ec);
    BOOST_TEST((t.drain() == t.content.substr(sent, t.bytes)));
}

// At every moment there is: what is reported, what has arrived and where the file stands agree.
BOOST_DATA_TEST_CASE(cancelled_at_any_moment_loses_nothing, engines, engine)
{
    fixture t(engine, 1024 * 1024);
    std::string got;
    int aborted = 0;
    for (int i = 0; i != 400 && got.size() != t.content.size(); ++i)
    {
        t.file.async_splice_to(t.near, 5000, t.store());
        t.ctx.restart();
        for (int turns = 0; turns != i % 5; ++turns)
            t.ctx.poll_one();
        if (i % 7 == 0)
            std::this_thread::sleep_for(std::chrono::microseconds(i));
        t.file.cancel();
        t.run();
        BOOST_TEST_REQUIRE((!t.ec || t.ec == asio::error::operation_aborted), t.ec.message());
        aborted += t.ec.failed();
        const std::size_t before = got.size();
        got += t.drain();
        BOOST_TEST_REQUIRE(got.size() - before == (t.ec ? 0u : t.bytes));
        BOOST_TEST_REQUIRE(t.position() == got.size());
    }
    BOOST_TEST((got == t.content.substr(0, got.size())));
    BOOST_TEST_MESSAGE(aborted << " were aborted, " << got.size() << " bytes sent");
}

// Between two steps there is no operation that a cancellation could reach.
BOOST_DATA_TEST_CASE(cancelled_between_two_steps, engines, engine)
{
    fixture t(engine);
    t.fill();
    t.file.cancel();
    t.run();
    for (int turns = 1; turns != 12; ++turns)
    {
        t.file.async_splice_to(t.near, 5000, t.store());
        t.ctx.restart();
        for (int i = 0; i != turns; ++i)
            t.ctx.run_one_for(2ms);
        t.file.cancel();
        t.ctx.restart();
        t.ctx.run_for(5s);
        BOOST_TEST_REQUIRE(t.ec == asio::error::operation_aborted);
    }
}

BOOST_DATA_TEST_CASE(the_destination_may_be_closed, engines, engine)
{
    fixture t(engine);
    const std::size_t sent = t.fill();
    const int number = t.near.native_handle();
    t.near.close();
    // Whoever gets the number now is not written to.
    const unique_fd other = t.s.file("other", "");
    BOOST_TEST(other.get() == number);
    const std::string got = t.drain();
    BOOST_TEST(got.size() >= sent);
    t.run();
    BOOST_TEST(!t.ec);
    BOOST_TEST((got + t.drain() == t.content.substr(0, sent + t.bytes)));
    BOOST_TEST(t.s.content("other").empty());

    t.file.async_splice_to(t.near, 10, t.store());
    t.run();
    BOOST_TEST(t.ec == asio::error::bad_descriptor);
    local::socket third(t.ctx);
    error_code ec;
    BOOST_TEST(t.file.splice_to(third, 10, ec) == 0u);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    BOOST_CHECK_THROW(t.file.splice_to(third, 10), system_error);
}

BOOST_DATA_TEST_CASE(the_other_end_goes_away, engines, engine)
{
    fixture t(engine);
    const std::size_t sent = t.fill();
    t.far.close();
    t.run();
    BOOST_TEST((t.ec == system_error_code(EPIPE) || t.ec == system_error_code(ECONNRESET)), t.ec.message());
    BOOST_TEST(t.position() == sent);
    error_code ec;
    t.file.splice_to(t.near, 10, ec);
    BOOST_TEST(ec == system_error_code(EPIPE));
    BOOST_TEST(t.position() == sent);
}

// The synchronous forms wait as well.
BOOST_AUTO_TEST_CASE(the_caller_waits)
{
    fixture t(engine_choice::defaults);
    t.near.non_blocking(true);
    std::string got;
    std::thread receiver([&] {
        std::array<char, 50000> part;
        for (error_code ec; !ec;)
        {
            std::this_thread::sleep_for(100us);
            got.append(part.data(), t.far.read_some(asio::buffer(part), ec));
        }
    });
    error_code ec;
    while (const std::size_t n = t.file.splice_to(t.near, t.content.size(), ec))
        BOOST_TEST(n <= 1u << 20);
    t.near.close();
    receiver.join();
    BOOST_TEST(!ec, ec.message());
    BOOST_TEST((got == t.content));
}

BOOST_DATA_TEST_CASE(the_context_goes_while_it_waits, engines, engine)
{
    const std::size_t before = open_descriptors();
    {
        fixture t(engine);
        t.fill();
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_DATA_TEST_CASE(a_deferred_one_keeps_its_destination, engines, engine)
{
    fixture t(engine, 100);
    auto later = t.file.async_splice_to(t.near, 100, asio::deferred);
    t.near.close();
    std::move(later)(t.store());
    t.run();
    BOOST_TEST(!t.ec);
    BOOST_TEST((t.drain() == t.content));

    // One that is started twice has a destination each.
    local::socket a(t.ctx), b(t.ctx);
    asio::local::connect_pair(a, b);
    const auto again = t.file.async_splice_to(a, 0, 50, asio::deferred);
    a.close();
    for (int i = 0; i != 2; ++i)
    {
        again(t.store());
        t.run();
        BOOST_TEST(!t.ec);
        BOOST_TEST(t.bytes == 50u);
    }
    BOOST_TEST(b.available() == 100u);

    auto too_late = t.file.async_splice_to(t.far, 100, asio::deferred);
    t.file.close();
    std::move(too_late)(t.store());
    t.run();
    BOOST_TEST(t.ec == asio::error::bad_descriptor);
}

BOOST_AUTO_TEST_SUITE_END()
