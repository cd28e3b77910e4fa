// SPDX-License-Identifier: BSL-1.0
#include <asio_fs/detail/tree/judgement.hpp>

#include <boost/test/unit_test.hpp>

#include <initializer_list>

using namespace asio_fs;
using namespace asio_fs::detail;
using change = copy_changes;

namespace {

constexpr uid_t me = 1000;
constexpr gid_t mine = 100, other_of_mine = 101, foreign = 200;

struct made_up
{
    // A regular file of 10 bytes, changed at second 1000.
    static struct ::stat entry(mode_t type = S_IFREG)
    {
        struct ::stat status = {};
        status.st_mode = type | 0644;
        status.st_uid = me;
        status.st_gid = mine;
        status.st_size = 10;
        status.st_nlink = 1;
        status.st_mtim = status.st_atim = {1000, 7};
        return status;
    }

    judgement judged() const { return judge(from, &to, options, who); }
    verdict decided() const { return judged().what; }
    change changes() const
    {
        return attribute_changes(attributes_of(from), attributes_of(to), options.preserve, who);
    }

    struct ::stat from = entry();
    struct ::stat to = entry();
    copy_options options;
    credentials who{true, 0, {0}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(judgement_, made_up)

BOOST_AUTO_TEST_CASE(what_is_not_there_is_created_unless_nothing_new_is_wanted)
{
    BOOST_TEST((judge(from, nullptr, options, who).what == verdict::create));
    BOOST_TEST((judge(from, nullptr, options, who).changes == change::created));
    options.overwrite = overwrite_policy::never;
    BOOST_TEST((judge(from, nullptr, options, who).what == verdict::create));
    options.existing_only = true;
    BOOST_TEST((judge(from, nullptr, options, who).what == verdict::leave_out));
}

BOOST_AUTO_TEST_CASE(each_policy_decides_about_what_is_there)
{
    BOOST_TEST((decided() == verdict::replace));
    options.overwrite = overwrite_policy::never;
    BOOST_TEST((decided() == verdict::leave));
    options.overwrite = overwrite_policy::newer;
    BOOST_TEST((decided() == verdict::leave));
    from.st_mtim.tv_nsec = 8;
    BOOST_TEST((decided() == verdict::replace));
    options.overwrite = overwrite_policy::different;
    BOOST_TEST((decided() == verdict::replace));
    from.st_mtim.tv_nsec = 7;
    BOOST_TEST((decided() == verdict::keep));
    from.st_size = 11;
    BOOST_TEST((decided() == verdict::replace));
}

BOOST_AUTO_TEST_CASE(a_destination_may_hold_whole_seconds)
{
    to.st_mtim.tv_nsec = 0;
    options.overwrite = overwrite_policy::different;
    BOOST_TEST((decided() == verdict::keep));
    BOOST_TEST((changes() == change::none));
    options.overwrite = overwrite_policy::newer;
    BOOST_TEST((decided() == verdict::leave));
    from.st_mtim.tv_sec = 1001;
    BOOST_TEST((decided() == verdict::replace));
    options.overwrite = overwrite_policy::different;
    BOOST_TEST((decided() == verdict::replace));
    // And none of the source.
    from.st_mtim = {1000, 0};
    to.st_mtim = {1000, 7};
    BOOST_TEST((decided() == verdict::replace));
}

BOOST_AUTO_TEST_CASE(what_counts_as_the_same_can_be_chosen)
{
    options.overwrite = overwrite_policy::different;
    options.compare = comparison::size;
    from.st_mtim.tv_sec = 1;
    BOOST_TEST((decided() == verdict::keep));
    options.compare = comparison::content;
    BOOST_TEST((decided() == verdict::compare));
    from.st_size = 11; // nobody needs to read anything
    BOOST_TEST((decided() == verdict::replace));
}

BOOST_AUTO_TEST_CASE(other_kinds_are_the_same_by_what_they_are)
{
    options.overwrite = overwrite_policy::different;
    from = to = entry(S_IFLNK);
    BOOST_TEST((decided() == verdict::compare));
    from = to = entry(S_IFIFO);
    from.st_mtim.tv_sec = 1;
    BOOST_TEST((decided() == verdict::keep));
    from = to = entry(S_IFCHR);
    from.st_rdev = 5;
    BOOST_TEST((decided() == verdict::replace));
    BOOST_TEST((judged().changes == change::content));
    to = entry(S_IFIFO);
    BOOST_TEST((decided() == verdict::replace));
    BOOST_TEST((judged().changes == change::created));
}

BOOST_AUTO_TEST_CASE(a_newer_file_is_kept_whatever_the_policy_but_no_other_kind)
{
    options.keep_newer = true;
    for (const overwrite_policy policy :
         {overwrite_policy::always, overwrite_policy::newer, overwrite_policy::different})
    {
        options.overwrite = policy;
        from = to = entry();
        to.st_mtim.tv_nsec = 8;
        BOOST_TEST((decided() == verdict::leave));
        from.st_mtim.tv_sec = 1001;
        BOOST_TEST((decided() == verdict::replace));
    }
    options.overwrite = overwrite_policy::always;
    to = entry(S_IFLNK);
    to.st_mtim.tv_sec = 5000;
    BOOST_TEST((decided() == verdict::replace));
    from = entry(S_IFLNK);
    BOOST_TEST((decided() == verdict::replace));
}

BOOST_AUTO_TEST_CASE(a_replaced_file_says_what_differed)
{
    BOOST_TEST((judged().changes == change::none));
    from.st_size = 11;
    BOOST_TEST((judged().changes == change::size));
    from.st_mtim.tv_sec = 1;
    from.st_mode = S_IFREG | 0600;
    BOOST_TEST((judged().changes == (change::size | change::modification_time | change::mode)));
    // The reason why it is replaced is named even if it is not carried over.
    options.preserve = preserve_flags::none;
    BOOST_TEST((judged().changes == (change::size | change::modification_time)));
}

BOOST_AUTO_TEST_CASE(each_attribute_is_a_change_only_if_it_is_preserved)
{
    from.st_mode = S_IFREG | 0600;
    from.st_uid = 7;
    from.st_gid = 8;
    from.st_mtim.tv_nsec = 8;
    from.st_atim.tv_nsec = 8;
    const auto changes_with = [&](preserve_flags flags)
    {
        options.preserve = flags;
        return changes();
    };
    BOOST_TEST((changes_with(preserve_flags::none) == change::none));
    BOOST_TEST((changes_with(preserve_flags::mode) == change::mode));
    BOOST_TEST((changes_with(preserve_flags::user) == change::user));
    BOOST_TEST((changes_with(preserve_flags::group) == change::group));
    BOOST_TEST((changes_with(preserve_flags::modification_time) == change::modification_time));
    BOOST_TEST((changes_with(preserve_flags::access_time) == change::access_time));
    from.st_mode = to.st_mode = S_IFDIR | 0755;
    BOOST_TEST((changes_with(preserve_flags::times) == change::none));
    BOOST_TEST((changes_with(preserve_flags::times | preserve_flags::directory_times) ==
                (change::modification_time | change::access_time)));
    from.st_mode = S_IFLNK | 0777;
    to.st_mode = S_IFLNK | 0700;
    BOOST_TEST((changes_with(preserve_flags::mode | preserve_flags::access_time) == change::none));
}

BOOST_AUTO_TEST_CASE(nothing_is_a_change_that_the_kernel_forbids)
{
    who = {false, me, {mine, other_of_mine}};
    from.st_uid = 7;
    from.st_mode = S_IFREG | 04755;
    to.st_mode = S_IFREG | 0755;
    BOOST_TEST((changes() == change::none)); // another's: without the bit that acts in the owner's name
    from.st_uid = me;
    BOOST_TEST((changes() == change::mode));
    from.st_mode = S_IFREG | 02755;
    from.st_gid = foreign;
    BOOST_TEST((changes() == change::none));
    from.st_gid = other_of_mine;
    BOOST_TEST((changes() == (change::group | change::mode)));
    to.st_uid = 7; // only the owner may give it to a group
    BOOST_TEST((changes() == change::none));
    who.gives_files_away = true;
    BOOST_TEST((changes() == (change::user | change::group | change::mode)));
}

BOOST_AUTO_TEST_CASE(kinds_are_wanted_one_by_one)
{
    const auto wanted = [](mode_t mode, preserve_flags flags) { return is_wanted(mode, flags); };
    for (const mode_t mode : std::initializer_list<mode_t>{S_IFREG, S_IFDIR})
        BOOST_TEST(wanted(mode, preserve_flags::none));
    BOOST_TEST(wanted(S_IFLNK, preserve_flags::symlinks));
    BOOST_TEST(!wanted(S_IFLNK, ~preserve_flags::symlinks));
    for (const mode_t mode : std::initializer_list<mode_t>{S_IFBLK, S_IFCHR})
    {
        BOOST_TEST(wanted(mode, preserve_flags::device_files));
        BOOST_TEST(!wanted(mode, ~preserve_flags::device_files));
    }
    for (const mode_t mode : std::initializer_list<mode_t>{S_IFIFO, S_IFSOCK})
    {
        BOOST_TEST(wanted(mode, preserve_flags::special_files));
        BOOST_TEST(!wanted(mode, ~preserve_flags::special_files));
    }
}

BOOST_AUTO_TEST_SUITE_END()
