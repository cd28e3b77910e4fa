// SPDX-License-Identifier: BSL-1.0

// Every operation in a parallel group.

#include "token/calls.hpp"

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstddef>

using namespace asio_fs;
using namespace asio_fs::test;

namespace groups_test {

struct store
{
    template <class... T>
    void operator()(std::array<std::size_t, 2> o, error_code first, T&&...) const
    {
        *order = o;
        *ec = first;
    }

    std::array<std::size_t, 2>* order;
    error_code* ec;
};

} // namespace groups_test

using namespace groups_test;

BOOST_AUTO_TEST_SUITE(token_groups)

// With a timer that ends only when the group cancels it.
BOOST_DATA_TEST_CASE(parallel_group, engines, engine)
{
    fixture<> t(engine);
    asio::steady_timer timer(t.ctx, std::chrono::hours(1));
    for_each_call([&](const auto& c) {
        std::array<std::size_t, 2> order{9, 9};
        error_code ec = asio::error::would_block;
        asio::experimental::make_parallel_group(c.async(t, asio::deferred), timer.async_wait(asio::deferred))
            .async_wait(asio::experimental::wait_for_one(), store{&order, &ec});
        BOOST_TEST(ec == asio::error::would_block);
        t.run();
        BOOST_TEST(order[0] == 0u);
        BOOST_TEST(succeeded(ec), ec.message());
    });
}

BOOST_AUTO_TEST_SUITE_END()
