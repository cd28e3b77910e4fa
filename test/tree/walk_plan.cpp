// SPDX-License-Identifier: BSL-1.0
#include <asio_fs/detail/tree/walk_plan.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

using asio_fs::walk_entry;
using asio_fs::detail::walk_directory;
using asio_fs::detail::walk_plan;

namespace {

// The plan only hands pointers around.
struct directories
{
    walk_directory a{nullptr, {}, 0}, b{nullptr, {}, 0}, c{nullptr, {}, 0};
};

std::vector<walk_entry> batch(const std::string& name)
{
    std::vector<walk_entry> result(1);
    result[0].path = name;
    return result;
}

std::string handed_out(walk_plan& plan)
{
    std::vector<walk_entry> result;
    return plan.hand_out(result) ? result.at(0).path : "";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(walk_plan_, directories)

BOOST_AUTO_TEST_CASE(batches_leave_in_the_order_in_which_they_were_finished)
{
    walk_plan plan(8);
    std::vector<walk_directory*> found;
    for (const char* name : {"1", "2", "3"})
        plan.finish(batch(name), found);
    for (const char* name : {"1", "2", "3", ""})
        BOOST_TEST(handed_out(plan) == name);
}

BOOST_AUTO_TEST_CASE(a_directory_can_be_taken_when_the_batch_that_names_it_is_finished)
{
    walk_plan plan(8);
    plan.put_off(&a);
    BOOST_TEST(plan.take(false, false) == &a);
    BOOST_TEST(!plan.take(false, false));
    BOOST_TEST(!plan.settled()); // somebody is busy, and may find more
    std::vector<walk_directory*> found{&b, &c};
    plan.finish(batch("names b and c"), found);
    BOOST_TEST(found.empty());
    BOOST_TEST(plan.waiting() == 2u);
    BOOST_TEST(plan.take(true, true) == &c); // the newest first
    BOOST_TEST(plan.take(false, true) == &b);
    plan.rest();
    BOOST_TEST(!plan.settled());
    plan.rest();
    BOOST_TEST(plan.settled());
    BOOST_TEST(plan.wait_for_batch()); // what is finished is handed out all the same
    BOOST_TEST(handed_out(plan) == "names b and c");
    BOOST_TEST(!plan.wait_for_batch());
    BOOST_TEST(!plan.take(false, true));
}

BOOST_AUTO_TEST_CASE(a_lane_goes_on_with_the_directory_that_it_has_found_last)
{
    walk_plan plan(8);
    plan.put_off(&a);
    BOOST_TEST(plan.take(false, false) == &a);
    std::vector<walk_directory*> found{&b};
    plan.finish(batch("names b"), found, true);
    BOOST_TEST((found == std::vector{&b}));
    BOOST_TEST(plan.waiting() == 0u);
    BOOST_TEST(!plan.take(false, false)); // nothing is left for others,
    BOOST_TEST(!plan.settled());          // but there may be
    BOOST_TEST(handed_out(plan) == "names b");
    found = {&a, &c, &b};
    plan.finish(batch("names three"), found, true);
    BOOST_TEST((found == std::vector{&b}));
    BOOST_TEST(plan.take(false, false) == &c);
    BOOST_TEST(plan.take(false, false) == &a);
    BOOST_TEST(!plan.take(false, false));
    BOOST_TEST(handed_out(plan) == "names three");
}

BOOST_AUTO_TEST_CASE(what_is_put_off_comes_last)
{
    walk_plan plan(8);
    plan.put_off(&a);
    std::vector<walk_directory*> found{&b};
    plan.finish({}, found);
    BOOST_TEST(plan.take(false, false) == &b);
    BOOST_TEST(plan.take(true, false) == &a);
}

BOOST_AUTO_TEST_CASE(an_empty_batch_is_not_handed_out)
{
    walk_plan plan(8);
    std::vector<walk_directory*> found;
    plan.finish({}, found);
    BOOST_TEST(handed_out(plan) == "");
}

BOOST_AUTO_TEST_CASE(the_memory_of_what_was_handed_out_is_used_again)
{
    walk_plan plan(8);
    std::vector<walk_directory*> found;
    plan.finish(batch("first"), found);
    std::vector<walk_entry> readers(5);
    BOOST_TEST(plan.hand_out(readers));
    BOOST_TEST(readers.size() == 1u);
    BOOST_TEST(plan.finish(batch("second"), found).size() == 5u);
}

BOOST_AUTO_TEST_CASE(lanes_wait_when_the_reader_is_behind)
{
    walk_plan plan(2);
    std::vector<walk_directory*> found;
    plan.finish(batch("1"), found);
    plan.wait_for_room(); // returns at once
    plan.finish(batch("2"), found);
    std::thread lane([&] { plan.wait_for_room(); });
    BOOST_TEST(handed_out(plan) == "1");
    lane.join();
}

BOOST_AUTO_TEST_CASE(stopping_wakes_everybody)
{
    walk_plan plan(1);
    plan.put_off(&a);
    BOOST_TEST(plan.take(false, false) == &a);
    std::vector<walk_directory*> found;
    plan.finish(batch("1"), found);
    std::thread waits_for_room([&] { plan.wait_for_room(); });
    std::thread waits_for_work([&] { plan.take(false, true); });
    BOOST_TEST(handed_out(plan) == "1");
    std::thread waits_for_batch([&] { plan.wait_for_batch(); });
    plan.stop();
    for (std::thread* thread : {&waits_for_room, &waits_for_work, &waits_for_batch})
        thread->join();
    BOOST_TEST(!plan.take(false, true));
    BOOST_TEST(!plan.wait_for_batch());
    BOOST_TEST(plan.left_over().empty());
}

BOOST_AUTO_TEST_SUITE_END()
