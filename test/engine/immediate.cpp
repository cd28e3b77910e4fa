// SPDX-License-Identifier: BSL-1.0

// What is known in the initiating function - an error, cached data - goes through the immediate executor of the handler,
// and runs inside the initiating function only if that one says so.

#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/system_executor.hpp>
#if BOOST_VERSION >= 108200
#include <boost/asio/bind_immediate_executor.hpp>
#endif

#include <array>
#include <functional>
#include <thread>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// Operations whose results are known at once; each calls `done` with its error.
using done_function = std::function<void(error_code)>;

struct immediate_ways
{
    context ctx{engine_choice::defaults};
    temp_dir dir;
    std::array<char, 7> bytes{};
    extended_file closed{ctx};
    extended_file file{ctx, dir.file("f", "content"), open_flags(O_RDONLY)};
    extended_dir directory{ctx, dir.path()};

    // BIND makes a handler of a function.
    template <class Bind>
    void start_each(Bind bind, const std::function<void(const char*)>& check)
    {
        closed.async_statx(bind([&](error_code ec) { BOOST_TEST(ec == asio::error::bad_descriptor); }));
        check("a closed object");
        closed.async_close(bind([&](error_code ec) { BOOST_TEST(ec == asio::error::bad_descriptor); }));
        check("closing a closed object");
        directory.async_mkdirat(std::string_view("a\0b", 3), 0700,
            bind([&](error_code ec) { BOOST_TEST(ec == asio::error::invalid_argument); }));
        check("a name that no kernel takes");
        file.async_read_some_at(0, asio::buffer(bytes), bind([&](error_code ec) { BOOST_TEST(!ec); }));
        check("cached data");
        file.async_open("/", file_base::read_only,
            bind([&](error_code ec) { BOOST_TEST(ec == asio::error::already_open); }));
        check("opened twice");
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_immediate)

BOOST_AUTO_TEST_CASE(without_an_immediate_executor_handlers_are_posted)
{
    immediate_ways ways;
    int called = 0, started = 0;
    ways.start_each(
        [&](auto f) { return [&, f](error_code ec, auto...) { f(ec); ++called; }; },
        [&](const char* what) { BOOST_TEST(called == 0, what); ++started; });
    ways.ctx.run();
    BOOST_TEST(called == started);
}

BOOST_AUTO_TEST_CASE(inside_of_a_handler_they_are_posted_as_well)
{
    immediate_ways ways;
    int called = 0, started = 0;
    asio::post(ways.ctx, [&] {
        ways.start_each(
            [&](auto f) { return [&, f](error_code ec, auto...) { f(ec); ++called; }; },
            [&](const char* what) { BOOST_TEST(called == 0, what); ++started; });
    });
    ways.ctx.run();
    BOOST_TEST(called == started);
}

BOOST_AUTO_TEST_CASE(results_that_are_known_at_once_reach_the_handlers_executor)
{
    immediate_ways ways;
    asio::io_context other;
    auto strand = asio::make_strand(other);
    int called = 0, started = 0;
    ways.start_each(
        [&](auto f) {
            return asio::bind_executor(strand, [&, f](error_code ec, auto...) {
                BOOST_TEST(strand.running_in_this_thread());
                f(ec);
                ++called;
            });
        },
        [&](const char*) { ++started; });
    BOOST_TEST(called == 0);
    // The other context has work until the last handler has run.
    std::thread loop([&] { ways.ctx.run(); });
    other.run();
    loop.join();
    BOOST_TEST(called == started);
}

#if BOOST_VERSION >= 108200

BOOST_AUTO_TEST_CASE(an_immediate_executor_runs_the_handler_inside)
{
    immediate_ways ways;
    int called = 0, started = 0;
    ways.start_each(
        [&](auto f) {
            return asio::bind_immediate_executor(asio::system_executor(), [&, f](error_code ec, auto...) {
                f(ec);
                ++called;
            });
        },
        [&](const char* what) { BOOST_TEST(called == ++started, what); });
    BOOST_TEST(ways.ctx.run() == 0u);
}

// What has to wait is not immediate, whatever the handler wishes.
BOOST_DATA_TEST_CASE(other_results_do_not_use_it, engines, engine)
{
    context ctx(engine);
    const temp_dir dir;
    extended_file file(ctx, dir.file("f", "content"), open_flags(O_RDONLY));
    bool called = false;
    file.async_statx(asio::bind_immediate_executor(asio::system_executor(), [&](error_code ec, file_status) {
        BOOST_TEST(!ec);
        BOOST_TEST(ctx.get_executor().running_in_this_thread());
        called = true;
    }));
    BOOST_TEST(!called);
    ctx.run();
    BOOST_TEST(called);
}

BOOST_AUTO_TEST_CASE(the_handlers_own_executor_comes_after_the_immediate_one)
{
    immediate_ways ways;
    asio::io_context other;
    int called = 0, started = 0;
    ways.start_each(
        [&](auto f) {
            return asio::bind_immediate_executor(asio::system_executor(),
                asio::bind_executor(other.get_executor(), [&, f](error_code ec, auto...) {
                    BOOST_TEST(other.get_executor().running_in_this_thread());
                    f(ec);
                    ++called;
                }));
        },
        [&](const char* what) { BOOST_TEST(called == 0, what); ++started; });
    other.run();
    BOOST_TEST(called == started);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
