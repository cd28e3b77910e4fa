// SPDX-License-Identifier: BSL-1.0

// Operations that not even cancellation ends: the io_context goes all the same, and leaves them what they need.

#include "support/engines.hpp"
#include "support/fuse_server.hpp"
#include "support/loop.hpp"
#include "support/needs_fuse.hpp"
#include "support/watched_pages.hpp"
#include "support/witness.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <thread>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;
using request = fuse_server::request;

namespace {

engine_options impatient(engine_choice e)
{
    engine_options options = options_for(e);
    options.shutdown_timeout = 200ms;
    return options;
}

// Waits for something that another thread does.
template <class Condition>
bool eventually(Condition condition)
{
    for (int i = 0; i != 1000 && !condition(); ++i)
        std::this_thread::sleep_for(10ms);
    return condition();
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_parking, *boost::unit_test::precondition(needs_fuse()))

BOOST_DATA_TEST_CASE(a_read_that_nothing_ends, engines, engine)
{
    fuse_server server;
    watched_pages page;
    fate seen;
    std::optional<asio::cancellation_signal> signal(std::in_place);
    {
        asio::io_context ctx;
        configure_engine(ctx, impatient(engine));
        extended_file file(ctx, server.path("data"), file_base::read_only);
        server.hold(request::read);
        server.answer_interrupts(false);
        file.async_read_some_at(0, asio::buffer(page.buffer(), watched_pages::size),
            asio::bind_cancellation_slot(signal->slot(),
                [&seen, w = seen.witness(), owner = page.make_owner()](error_code, std::size_t) {
                    ++seen.called;
                }));
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == 1; }));
    }
    // Gone, without waiting for the server.
    BOOST_TEST(server.held(request::read) == 1u);
    BOOST_TEST(server.interrupted() == 1u);
    BOOST_TEST(seen.called == 0);
    BOOST_TEST(seen.destroyed == 0);
    BOOST_TEST(!page.gone());
    BOOST_TEST(page.is_untouched());

    // A signal that outlives the io_context finds nothing to cancel.
    signal->emit(asio::cancellation_type::terminal);

    // The kernel writes to the buffer now; it is still there.
    server.release();
    BOOST_TEST(eventually([&] { return page.first_byte() == fuse_server::content(0); }));
    BOOST_TEST(seen.called == 0);
    BOOST_TEST(seen.destroyed == 0);
    BOOST_TEST(!page.gone());
    signal.reset();
}

BOOST_DATA_TEST_CASE(a_path_operation_that_nothing_ends, engines, engine)
{
    fuse_server server;
    fate seen;
    {
        asio::io_context ctx;
        configure_engine(ctx, impatient(engine));
        extended_dir dir(ctx, server.path(""));
        server.hold(request::lookup);
        server.answer_interrupts(false);
        // The result is written to the operation itself.
        dir.async_statx("data",
            [&seen, w = seen.witness()](error_code, const file_status&) { ++seen.called; });
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::lookup) == 1; }));
    }
    BOOST_TEST(server.held(request::lookup) == 1u);
    BOOST_TEST(seen.called == 0);
    BOOST_TEST(seen.destroyed == 0);
    server.release();
    std::this_thread::sleep_for(100ms);
    BOOST_TEST(seen.called == 0);
    BOOST_TEST(seen.destroyed == 0);
}

// What can be ended is ended, although something beside it cannot.
BOOST_DATA_TEST_CASE(others_are_not_parked_along, engines, engine)
{
    fuse_server server;
    fate hung, others;
    {
        asio::io_context ctx;
        configure_engine(ctx, impatient(engine));
        extended_file file(ctx, server.path("data"), file_base::read_only);
        extended_dir dir(ctx, server.path(""));
        server.answer_interrupts(false);
        server.hold(request::read);
        static std::array<unsigned char, 4096> buffer;
        file.async_read_some_at(0, asio::buffer(buffer),
            [&hung, w = hung.witness()](error_code, std::size_t) { ++hung.called; });
        BOOST_TEST(run_until(ctx, [&] { return server.held(request::read) == 1; }));
        // Started, over and not delivered; and not even begun.
        for (int i = 0; i != 10; ++i)
            dir.async_statx("data",
                [&others, w = others.witness()](error_code, const file_status&) { ++others.called; });
    }
    BOOST_TEST(hung.called == 0);
    BOOST_TEST(hung.destroyed == 0);
    BOOST_TEST(others.called == 0);
    BOOST_TEST(others.destroyed == 10);
    server.release();
}

BOOST_AUTO_TEST_SUITE_END()
