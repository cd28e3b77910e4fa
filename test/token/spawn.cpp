// SPDX-License-Identifier: BSL-1.0

// Every operation with the yield_context of a stackful coroutine.

#include "token/calls.hpp"

#include <boost/asio/spawn.hpp>

using namespace asio_fs;
using namespace asio_fs::test;

BOOST_AUTO_TEST_SUITE(token_spawn)

BOOST_DATA_TEST_CASE(yield, engines, engine)
{
    fixture<> t(engine);
    int calls = 0, expected = 0;
    asio::spawn(
        t.ctx,
        [&](asio::yield_context yield) {
            for_each_call([&](const auto& c) {
                ++expected;
                error_code ec = asio::error::would_block;
                c.async(t, yield[ec]);
                BOOST_TEST(succeeded(ec), ec.message());
                ++calls;
            });
        },
        [](std::exception_ptr e) { BOOST_TEST(!e); });
    t.run();
    BOOST_TEST(calls > 0);
    BOOST_TEST(calls == expected);
}

BOOST_AUTO_TEST_SUITE_END()
