// SPDX-License-Identifier: BSL-1.0

// Every operation on objects with other executor types than any_io_executor.

#include "support/store.hpp"
#include "token/calls.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

namespace executors_test {

using plain = asio::io_context::executor_type;

// How often all operations are started before anybody waits for them.
constexpr int rounds = 10;

template <class Executor>
void all_succeed(engine_choice engine)
{
    fixture<Executor> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec = asio::error::would_block;
        c.async(t, store{&ec});
        t.run();
        BOOST_TEST(succeeded(ec), ec.message());
    });
}

} // namespace executors_test

using namespace executors_test;

BOOST_AUTO_TEST_SUITE(token_executors)

BOOST_DATA_TEST_CASE(of_an_io_context, engines, engine) { all_succeed<plain>(engine); }

BOOST_DATA_TEST_CASE(strands, engines, engine) { all_succeed<asio::strand<plain>>(engine); }

// All operations at once on a loop that four threads run; the strand of the objects keeps their handlers
// apart.
BOOST_DATA_TEST_CASE(a_strand_on_four_threads, engines, engine)
{
    fixture<asio::strand<plain>> t(engine);
    int calls = 0, expected = 0, in_turn = 0;
    bool busy = false;
    for (int round = 0; round != rounds; ++round)
        for_each_call([&](const auto& c) {
            ++expected;
            c.async(t, [&](error_code, auto&&...) {
                in_turn += !busy && t.executor.running_in_this_thread();
                busy = true;
                std::this_thread::yield();
                busy = false;
                ++calls;
            });
        });
    t.ctx.restart();
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&] { t.ctx.run(); });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(calls == expected);
    BOOST_TEST(in_turn == expected);
}

// Started by one thread, done by the loop in another, and handled by four more.
BOOST_DATA_TEST_CASE(handlers_on_a_thread_pool, engines, engine)
{
    fixture<> t(engine);
    asio::thread_pool pool(4);
    std::atomic<int> calls = 0, on_pool = 0;
    int expected = 0;
    auto work = asio::make_work_guard(t.ctx);
    std::thread loop([&] { t.ctx.run(); });
    for (int round = 0; round != rounds; ++round)
        for_each_call([&](const auto& c) {
            ++expected;
            c.async(t, asio::bind_executor(pool.get_executor(), [&](error_code, auto&&...) {
                on_pool += pool.get_executor().running_in_this_thread();
                ++calls;
            }));
        });
    work.reset();
    loop.join();
    pool.join();
    BOOST_TEST(calls == expected);
    BOOST_TEST(on_pool == expected);
}

BOOST_AUTO_TEST_SUITE_END()
