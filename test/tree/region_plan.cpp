// SPDX-License-Identifier: BSL-1.0
#include <asio_fs/detail/tree/region_plan.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>

using asio_fs::detail::region_plan;

BOOST_AUTO_TEST_SUITE(region_plan_)

BOOST_AUTO_TEST_CASE(pieces_cover_the_range_once_and_in_order)
{
    region_plan plan(5, 28, 10);
    region_plan::region piece;
    for (const auto& [begin, end] : {std::pair{5u, 15u}, {15u, 25u}, {25u, 28u}})
    {
        BOOST_REQUIRE(plan.take(piece));
        BOOST_TEST(piece.begin == begin);
        BOOST_TEST(piece.end == end);
    }
    BOOST_TEST(!plan.take(piece));
    BOOST_TEST(!plan.stopped());
    BOOST_TEST(plan.error() == 0);
    BOOST_TEST(!plan.has_ended_early());
}

BOOST_AUTO_TEST_CASE(the_first_failure_is_kept_and_ends_it)
{
    region_plan plan(0, 100, 10);
    region_plan::region piece;
    BOOST_TEST(plan.take(piece));
    plan.failed(ENOSPC, "write");
    plan.failed(EIO, "read");
    BOOST_TEST(plan.stopped());
    BOOST_TEST(!plan.take(piece));
    BOOST_TEST(plan.error() == ENOSPC);
    BOOST_TEST(plan.step() == "write");
}

BOOST_AUTO_TEST_CASE(nothing_is_taken_from_behind_an_early_end)
{
    region_plan plan(0, 100, 10);
    region_plan::region piece;
    BOOST_TEST(plan.take(piece));
    plan.ended_early();
    BOOST_TEST(plan.has_ended_early());
    BOOST_TEST(!plan.take(piece));
    BOOST_TEST(plan.error() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
