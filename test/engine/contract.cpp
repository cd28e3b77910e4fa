// SPDX-License-Identifier: BSL-1.0

// What Asio promises of every asynchronous operation: where handlers run, that they run once, that work is counted.

#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/as_result.hpp>
#include <asio_fs/extended_file.hpp>
#include <asio_fs/tree_walker.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/read_at.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

struct one_file
{
    temp_dir dir;
    std::string name = dir.file("f", "content");
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_contract)

BOOST_DATA_TEST_CASE(handlers_run_on_their_executor, engines, engine)
{
    const one_file f;
    context ctx(engine);
    asio::io_context other;
    asio::strand strand = asio::make_strand(other);
    extended_file file(ctx.get_executor(), f.name, open_flags(O_RDONLY));
    bool called = false;
    file.async_statx(asio::bind_executor(strand, [&](error_code ec, file_status) {
        BOOST_TEST(!ec);
        BOOST_TEST(strand.running_in_this_thread());
        called = true;
    }));
    // Both contexts have work: neither run() returns before its part is done.
    std::thread io([&] { ctx.run(); });
    other.run();
    io.join();
    BOOST_TEST(called);
}

BOOST_DATA_TEST_CASE(objects_on_a_strand, engines, engine)
{
    const one_file f;
    context ctx(engine);
    auto strand = asio::make_strand(ctx);
    basic_extended_file<decltype(strand)> file(strand, f.name, open_flags(O_RDONLY));
    int called = 0;
    for (int i = 0; i != 100; ++i)
        file.async_statx([&](error_code, file_status) {
            BOOST_TEST(strand.running_in_this_thread());
            ++called;
        });
    std::thread second([&] { ctx.run(); });
    ctx.run();
    second.join();
    BOOST_TEST(called == 100);
}

// No io_context at all: the executor decides.
BOOST_AUTO_TEST_CASE(objects_on_a_thread_pool)
{
    const one_file f;
    asio::thread_pool pool(2);
    extended_file file(pool.get_executor(), f.name, open_flags(O_RDONLY));
    std::atomic<int> called = 0;
    for (int i = 0; i != 100; ++i)
        file.async_statx([&](error_code ec, file_status) { called += !ec; });
    pool.join();
    BOOST_TEST(called.load() == 100);
}

BOOST_DATA_TEST_CASE(exceptions_leave_run_and_lose_nothing, engines, engine)
{
    const one_file f;
    context ctx(engine);
    extended_file file(ctx.get_executor(), f.name, open_flags(O_RDONLY));
    int called = 0, thrown = 0;
    for (int i = 0; i != 30; ++i)
        file.async_statx([&, i](error_code, file_status) {
            ++called;
            if (i % 10 == 0)
                throw std::runtime_error("from a handler");
        });
    for (;;)
    {
        try
        {
            ctx.run();
            break;
        }
        catch (const std::runtime_error&)
        {
            ++thrown;
        }
    }
    BOOST_TEST(called == 30);
    BOOST_TEST(thrown == 3);
}

BOOST_DATA_TEST_CASE(stop_keeps_what_is_left, engines, engine)
{
    const one_file f;
    context ctx(engine);
    extended_file file(ctx.get_executor(), f.name, open_flags(O_RDONLY));
    int called = 0;
    for (int i = 0; i != 30; ++i)
        file.async_statx([&](error_code, file_status) {
            if (++called == 5)
                ctx.stop();
        });
    ctx.run();
    BOOST_TEST(called == 5);
    ctx.restart();
    ctx.run();
    BOOST_TEST(called == 30);
}

BOOST_DATA_TEST_CASE(completion_tokens, engines, engine)
{
    const one_file f;
    context ctx(engine);
    extended_file file(ctx.get_executor(), f.name, open_flags(O_RDONLY));

    auto future = file.async_statx(asio::use_future);
    error_code redirected = asio::error::would_block;
    file.async_statx(asio::redirect_error(
        [p = std::make_unique<int>(1)](file_status s) { BOOST_TEST(s.size() == 7u); }, redirected));
    file.async_fchmod(0600, asio::detached);
    int from_deferred = 0;
    auto operation = file.async_statx(asio::deferred);
    ctx.run();
    std::move(operation)([&](error_code ec, file_status) { from_deferred += !ec; });
    BOOST_TEST(future.get().size() == 7u);
    BOOST_TEST(!redirected);
    ctx.restart();
    ctx.run();
    BOOST_TEST(from_deferred == 1);

    bool finished = false;
    asio::co_spawn(
        ctx,
        [&]() -> asio::awaitable<void> {
            using namespace asio::experimental::awaitable_operators;
            const file_status status = co_await file.async_statx(asio::use_awaitable);
            BOOST_TEST(status.size() == 7u);
            std::array<char, 16> buffer;
            auto [ec, n] =
                co_await asio::async_read_at(file, 0, asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
            BOOST_TEST(ec == asio::error::eof);
            BOOST_TEST(n == 7u);
            asio::steady_timer timer(ctx, std::chrono::hours(1));
            const auto winner =
                co_await (file.async_statx(asio::use_awaitable) || timer.async_wait(asio::use_awaitable));
            BOOST_TEST(winner.index() == 0u);
            finished = true;
        },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    ctx.restart();
    ctx.run();
    BOOST_TEST(finished);

    int grouped = 0;
    asio::experimental::make_parallel_group(file.async_statx(asio::deferred), file.async_statx(asio::deferred))
        .async_wait(asio::experimental::wait_for_all(),
            [&](auto, error_code first, file_status, error_code second, file_status) {
                grouped = !first + !second;
            });
    ctx.restart();
    ctx.run();
    BOOST_TEST(grouped == 2);
}

// An exception says where it comes from.
BOOST_DATA_TEST_CASE(errors_know_their_operation, engines, engine)
{
    const one_file f;
    context ctx(engine);
    extended_file file(ctx.get_executor());
    std::future<void> opened = file.async_open(f.name + "/no", open_flags(O_RDONLY), asio::use_future);
    ctx.run();
    BOOST_CHECK_EXCEPTION(opened.get(), system_error, [](const system_error& e) {
        BOOST_TEST(e.what() == "Not a directory [system:20 at asio_fs:1 in function 'openat']");
        return e.code() == boost::system::errc::not_a_directory;
    });
}

BOOST_DATA_TEST_CASE(results_of_outcome, engines, engine)
{
    const one_file f;
    context ctx(engine);
    extended_file file(ctx.get_executor());
    int callbacks = 0;
    asio::co_spawn(
        ctx,
        [&]() -> asio::awaitable<void> {
            const result<> opened =
                co_await file.async_open(f.name, open_flags(O_RDONLY), as_result(asio::use_awaitable));
            BOOST_TEST(opened.has_value());
            const result<> again =
                co_await file.async_open(f.name, open_flags(O_RDONLY), as_result(asio::use_awaitable));
            BOOST_TEST(again.error() == asio::error::already_open);
            constexpr auto token = as_result(asio::use_awaitable);
            const result<file_status> status = co_await file.async_statx(token);
            BOOST_TEST(status.value().size() == 7u);
            auto operation = file.async_statx(as_result(asio::deferred));
            const result<file_status> deferred = co_await std::move(operation)(asio::use_awaitable);
            BOOST_TEST(deferred.has_value());
        },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    ctx.run();

    // The handler keeps its associations.
    asio::io_context other;
    asio::strand strand = asio::make_strand(other);
    file.async_statx(as_result(asio::bind_executor(strand, [&](result<file_status> s) {
        BOOST_TEST(s.has_value());
        BOOST_TEST(strand.running_in_this_thread());
        ++callbacks;
    })));
    ctx.restart();
    ctx.run();
    other.run();
    BOOST_TEST(callbacks == 1);
}

BOOST_DATA_TEST_CASE(default_tokens, engines, engine)
{
    const one_file f;
    context ctx(engine);
    bool finished = false;
    asio::co_spawn(
        ctx,
        [&]() -> asio::awaitable<void> {
            using file_type = asio::use_awaitable_t<>::as_default_on_t<extended_file>;
            file_type file(co_await asio::this_coro::executor, f.name, open_flags(O_RDONLY));
            const file_status status = co_await file.async_statx();
            BOOST_TEST(status.size() == 7u);
            co_await file.async_close();
            finished = true;
        },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    ctx.run();
    BOOST_TEST(finished);
}

BOOST_DATA_TEST_CASE(as_result_by_default, engines, engine)
{
    using token = as_result_t<asio::use_awaitable_t<>>;
    using file_type = token::as_default_on_t<extended_file>;
    static_assert(std::is_same_v<asio::default_completion_token_t<file_type::executor_type>, token>);
    const one_file f;
    context ctx(engine);
    bool finished = false;
    asio::co_spawn(
        ctx,
        [&]() -> asio::awaitable<void> {
            file_type file(co_await asio::this_coro::executor);
            const result<file_status> closed = co_await file.async_statx();
            BOOST_TEST(closed.error() == asio::error::bad_descriptor);
            const result<> opened = co_await file.async_open(f.name, open_flags(O_RDONLY));
            BOOST_TEST(opened.has_value());

            // Of an object that is there already.
            auto other = token::as_default_on(extended_file(ctx, f.name, open_flags(O_RDONLY)));
            static_assert(std::is_same_v<decltype(other), file_type>);
            const result<file_status> status = co_await other.async_statx();
            BOOST_TEST(status.value().size() == 7u);
            finished = true;
        },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    ctx.run();
    BOOST_TEST(finished);
}

BOOST_DATA_TEST_CASE(a_walk_moves_to_another_executor, engines, engine)
{
    const temp_dir place;
    for (const char* name : {"a", "b", "c"})
        place.file(name, "");
    walk_options options;
    options.batch_entries = 2;
    context ctx(engine);
    basic_tree_walker<asio::io_context::executor_type> first(ctx, place.path(), options);
    std::vector<walk_entry> batch;
    BOOST_TEST(first.next(batch) == 2u);
    tree_walker second(std::move(first));
    auto third = asio::use_awaitable_t<>::as_default_on(std::move(second));
    error_code moved_from;
    second.next(batch, moved_from);
    BOOST_TEST(moved_from == asio::error::bad_descriptor);
    bool finished = false;
    asio::co_spawn(
        ctx,
        [&]() -> asio::awaitable<void> {
            BOOST_TEST(co_await third.async_next(batch) == 1u); // where the first one stopped
            BOOST_TEST(co_await third.async_next(batch) == 0u);
            finished = true;
        },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    ctx.run();
    BOOST_TEST(finished);

    second = basic_tree_walker<asio::io_context::executor_type>(ctx, place.path(), options);
    BOOST_TEST(second.next(batch) == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
