// SPDX-License-Identifier: BSL-1.0

// Every operation on objects with other executor types than any_io_executor.

#include "token/calls.hpp"

#include <boost/asio/strand.hpp>

#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

namespace executors_test {

using plain = asio::io_context::executor_type;

struct store
{
    template <class... T>
    void operator()(error_code e, T&&...) const
    {
        *ec = e;
    }

    error_code* ec;
};

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
    for (int round = 0; round != 20; ++round)
        for_each_call_of(
            [&](const auto& c) {
                ++expected;
                c.async(t, [&](error_code, auto&&...) {
                    in_turn += !busy && t.executor.running_in_this_thread();
                    busy = true;
                    std::this_thread::yield();
                    busy = false;
                    ++calls;
                });
            },
            inode_calls, entry_calls);
    t.ctx.restart();
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&] { t.ctx.run(); });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(calls == expected);
    BOOST_TEST(in_turn == expected);
}

BOOST_AUTO_TEST_SUITE_END()
