// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <asio_fs/detail/tree/link_groups.hpp>

using namespace asio_fs::detail;
using role = link_groups::role;

namespace {

struct fixture
{
    dir_cache cache{4};
    error_code error;
    dir_node_ptr root = cache.add_root(asio_fs::unique_fd{::open("/", O_RDONLY | O_CLOEXEC)}, error);
    link_groups groups;
    link_groups::target to;
    const file_id id{1, 2};

    role meet(const char* name, std::uint64_t names) { return groups.meet(id, names, nullptr, name, to); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(link_groups_, fixture)

BOOST_AUTO_TEST_CASE(the_first_name_is_copied_and_later_ones_are_linked)
{
    BOOST_TEST((meet("a", 3) == role::copy));
    BOOST_TEST(groups.copied(id, {root, "a"}).empty());
    BOOST_TEST((meet("b", 3) == role::link));
    BOOST_TEST(to.name == "a");
    BOOST_TEST(groups.size() == 1u);
    BOOST_TEST((meet("c", 3) == role::link));
    BOOST_TEST(groups.size() == 0u); // all names were seen
}

BOOST_AUTO_TEST_CASE(names_met_meanwhile_wait_for_the_first)
{
    BOOST_TEST((meet("a", 3) == role::copy));
    BOOST_TEST((meet("b", 3) == role::wait));
    BOOST_TEST((meet("c", 3) == role::wait));
    const auto waiting = groups.copied(id, {root, "a"});
    BOOST_REQUIRE_EQUAL(waiting.size(), 2u);
    BOOST_TEST(waiting[0].name == "b");
    BOOST_TEST(waiting[1].name == "c");
    BOOST_TEST(groups.size() == 0u);
}

BOOST_AUTO_TEST_CASE(when_the_first_fails_one_that_waits_takes_its_place)
{
    link_groups::waiter next;
    BOOST_TEST((meet("a", 4) == role::copy));
    BOOST_TEST((meet("b", 4) == role::wait));
    BOOST_TEST(groups.failed(id, next));
    BOOST_TEST(next.name == "b");
    BOOST_TEST((meet("c", 4) == role::wait)); // b is being copied now
    BOOST_TEST(groups.copied(id, {root, "b"}).size() == 1u);
    BOOST_TEST((meet("d", 4) == role::link));
    BOOST_TEST(to.name == "b");
    BOOST_TEST(groups.size() == 0u);
}

BOOST_AUTO_TEST_CASE(when_all_have_failed_the_next_one_is_the_first)
{
    link_groups::waiter next;
    BOOST_TEST((meet("a", 3) == role::copy));
    BOOST_TEST(!groups.failed(id, next));
    BOOST_TEST((meet("b", 3) == role::copy));
    BOOST_TEST(!groups.failed(id, next));
    BOOST_TEST((meet("c", 3) == role::copy));
    BOOST_TEST(!groups.failed(id, next));
    BOOST_TEST(groups.size() == 0u);
}

BOOST_AUTO_TEST_CASE(groups_do_not_mix)
{
    BOOST_TEST((groups.meet({1, 2}, 2, nullptr, "a", to) == role::copy));
    BOOST_TEST((groups.meet({1, 3}, 2, nullptr, "b", to) == role::copy));
    BOOST_TEST((groups.meet({2, 2}, 2, nullptr, "c", to) == role::copy));
    BOOST_TEST(groups.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_inode_at_the_destination_is_claimed_once)
{
    BOOST_TEST(groups.claim({1, 2}));
    BOOST_TEST(!groups.claim({1, 2}));
    BOOST_TEST(groups.claim({1, 3}));
}

BOOST_AUTO_TEST_SUITE_END()
