// SPDX-License-Identifier: BSL-1.0
#include <asio_fs/detail/tree/copy_ladder.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cerrno>

// The decisions of a copy, fed with made-up results.

using asio_fs::detail::copy_ladder;
using asio_fs::detail::copy_step;
using state = copy_ladder::state;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(copy_ladder_)

BOOST_AUTO_TEST_CASE(clone_copies_everything_at_once)
{
    copy_ladder ladder(copy_step::clone, 0, 1000);
    BOOST_TEST((ladder.step() == copy_step::clone));
    ladder.done(1000);
    BOOST_TEST((ladder.next() == state::complete));
}

BOOST_AUTO_TEST_CASE(an_empty_range_is_complete)
{
    BOOST_TEST((copy_ladder(copy_step::read_write, 7, 7).next() == state::complete));
}

BOOST_DATA_TEST_CASE(what_file_systems_cannot_do_is_remembered,
                     data::make({EXDEV, EOPNOTSUPP, ENOTTY, ENOSYS}), error)
{
    copy_ladder ladder(copy_step::clone, 0, 1000);
    ladder.failed(error);
    BOOST_TEST((ladder.next() == state::copying));
    BOOST_TEST((ladder.step() == copy_step::copy_range));
    BOOST_TEST(ladder.pair_is_incapable());
}

BOOST_DATA_TEST_CASE(what_one_file_does_not_allow_is_not_remembered,
                     data::make({EINVAL, EPERM, ETXTBSY, ENOMEM}), error)
{
    copy_ladder ladder(copy_step::copy_range, 0, 1000);
    ladder.failed(error);
    BOOST_TEST((ladder.step() == copy_step::splice));
    BOOST_TEST(!ladder.pair_is_incapable());
}

BOOST_AUTO_TEST_CASE(every_step_is_left_at_the_offset_it_reached)
{
    copy_ladder ladder(copy_step::copy_range, 100, 1000);
    ladder.done(200);
    ladder.failed(EXDEV);
    BOOST_TEST((ladder.step() == copy_step::splice));
    BOOST_TEST(ladder.offset() == 300u);
    ladder.done(50);
    ladder.failed(EINVAL);
    BOOST_TEST((ladder.step() == copy_step::read_write));
    BOOST_TEST(ladder.offset() == 350u);
    BOOST_TEST(ladder.remaining() == 650u);
    ladder.done(650);
    BOOST_TEST((ladder.next() == state::complete));
}

BOOST_AUTO_TEST_CASE(only_read_is_believed_about_the_end)
{
    copy_ladder ladder(copy_step::copy_range, 0, 1000);
    ladder.done(0);
    BOOST_TEST((ladder.step() == copy_step::splice));
    ladder.done(0);
    BOOST_TEST((ladder.step() == copy_step::read_write));
    BOOST_TEST((ladder.next() == state::copying));
    ladder.done(10);
    ladder.done(0);
    BOOST_TEST((ladder.next() == state::ended_early));
    BOOST_TEST(ladder.offset() == 10u);
}

BOOST_DATA_TEST_CASE(real_failures_end_it, data::make({EIO, ENOSPC, EDQUOT, EFBIG}), error)
{
    for (const copy_step step :
         {copy_step::clone, copy_step::copy_range, copy_step::splice, copy_step::read_write})
    {
        copy_ladder ladder(step, 0, 1000);
        ladder.failed(error);
        BOOST_TEST((ladder.next() == state::broken));
        BOOST_TEST(ladder.error() == error);
        ladder.done(5); // too late
        BOOST_TEST(ladder.offset() == 0u);
    }
}

BOOST_AUTO_TEST_CASE(the_last_step_has_nothing_to_fall_to)
{
    copy_ladder ladder(copy_step::read_write, 0, 1000);
    ladder.failed(EINVAL);
    BOOST_TEST((ladder.next() == state::broken));
}

BOOST_AUTO_TEST_CASE(clone_only_does_not_fall)
{
    copy_ladder ladder(copy_step::clone, 0, 1000, true);
    ladder.failed(EXDEV);
    BOOST_TEST((ladder.next() == state::broken));
    BOOST_TEST(ladder.error() == EXDEV);
}

BOOST_AUTO_TEST_CASE(an_interrupted_call_is_made_again)
{
    copy_ladder ladder(copy_step::splice, 0, 1000);
    ladder.failed(EINTR);
    BOOST_TEST((ladder.next() == state::copying));
    BOOST_TEST((ladder.step() == copy_step::splice));
}

BOOST_AUTO_TEST_CASE(a_range_never_ends_beyond_its_end)
{
    copy_ladder ladder(copy_step::read_write, 0, 10);
    ladder.done(4096);
    BOOST_TEST(ladder.offset() == 10u);
    BOOST_TEST((ladder.next() == state::complete));
}

BOOST_AUTO_TEST_SUITE_END()
