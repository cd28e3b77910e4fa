// SPDX-License-Identifier: BSL-1.0
#include "small_file_system.hpp"
#include "support.hpp"

#include <algorithm>

#include <sys/mount.h>
#include <sys/wait.h>

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
using boost::unit_test::precondition;

namespace {

// Runs something as a user without privileges, in a process of its own. Returns whether it returned true.
template <class Function>
bool as_nobody(Function&& function)
{
    const pid_t child = ::fork();
    if (child == 0)
    {
        const bool good = ::setgid(65534) == 0 && ::setuid(65534) == 0 && function();
        ::_exit(good ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    return status == 0;
}

} // namespace

BOOST_AUTO_TEST_SUITE(copy_trouble)

BOOST_AUTO_TEST_CASE(a_missing_source_is_named)
{
    scratch where;
    const auto result = copy_tree(where / "missing", where / "to");
    BOOST_TEST(result.only_failure("", ENOENT), result);
    BOOST_TEST(!exists(where / "to"));
}

BOOST_AUTO_TEST_CASE(a_missing_parent_of_the_destination_is_not_made)
{
    scratch where;
    make_dir(where / "from");
    BOOST_TEST(copy_tree(where / "from", where / "no/to").only_failure("", ENOENT));
    make_file(where / "file", "f");
    BOOST_TEST(copy_tree(where / "from", where / "file/to").only_failure("", ENOTDIR));
    BOOST_TEST(copy_tree(where / "file", where / "no/to").only_failure("", ENOENT));
}

BOOST_AUTO_TEST_CASE(a_copy_into_itself_is_refused_before_anything_is_made)
{
    scratch where;
    make_dir(where / "from");
    make_dir(where / "from/sub");
    make_file(where / "from/file", "f");
    BOOST_REQUIRE_EQUAL(::symlink("from", (where / "link").c_str()), 0);
    for (const char* const to : {"from", "from/", "from/../from", "from/new", "from/sub", "from/sub/new",
                                 "link", "link/new", "from/sub/../new"})
    {
        const auto result = copy_tree(where / "from", where / to);
        BOOST_TEST(result.only_failure("", EINVAL), to << ": " << result);
    }
    BOOST_TEST(!exists(where / "from/new"));
    BOOST_TEST(!exists(where / "from/sub/new"));
    BOOST_TEST(copy_tree(where / "from/file", where / "from/file").only_failure("", EINVAL));
    BOOST_TEST(copy_file(where / "from/file", where / "link/file").only_failure("", EINVAL));
    BOOST_TEST(content_of(where / "from/file") == "f");
}

BOOST_AUTO_TEST_CASE(a_copy_into_itself_through_a_bind_mount_ends, *precondition(can_mount()))
{
    scratch where;
    make_dir(where / "from");
    make_dir(where / "from/sub");
    make_file(where / "from/file", "f");
    make_dir(where / "mount");
    if (::mount((where / "from/sub").c_str(), (where / "mount").c_str(), nullptr, MS_BIND, nullptr) != 0)
    {
        BOOST_TEST_MESSAGE("bind mounts are not possible here");
        return;
    }
    const auto result = copy_tree(where / "from", where / "mount");
    ::umount2((where / "mount").c_str(), MNT_DETACH);
    BOOST_TEST(result.only_failure("sub", EINVAL), result);
    BOOST_TEST(content_of(where / "from/sub/file") == "f");
    BOOST_TEST(!exists(where / "from/sub/sub"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_named_and_the_rest_goes_on, *precondition(as_root()))
{
    scratch where;
    BOOST_REQUIRE_EQUAL(::chmod(where.path().c_str(), 0777), 0);
    make_dir(where / "from");
    make_dir(where / "from/closed", 0);
    make_dir(where / "from/open");
    make_file(where / "from/open/secret", "s", 0);
    make_file(where / "from/open/public", "p");
    make_file(where / "from/open/setuid", "p", 06755);
    const bool good = as_nobody(
        [&]
        {
            const auto result = copy_tree(where / "from", where / "to");
            std::vector<std::string> paths;
            for (const tree_error& failure : result.report.failures)
            {
                paths.push_back(failure.path);
                if (failure.code != errno_code(EACCES) || failure.step != "openat")
                    return false;
            }
            std::sort(paths.begin(), paths.end());
            // Whose owner could not be kept must not act in the owner's name.
            return paths == std::vector<std::string>{"closed", "open/secret"} &&
                   !exists(where / "to/open/secret") && content_of(where / "to/open/public") == "p" &&
                   (status_of(where / "to/open/setuid").st_mode & 07777) == 0755;
        });
    BOOST_TEST(good);
}

BOOST_AUTO_TEST_CASE(a_destination_that_forbids_writing_is_merged_by_its_owner, *precondition(as_root()))
{
    scratch where;
    BOOST_REQUIRE_EQUAL(::chmod(where.path().c_str(), 0777), 0);
    make_dir(where / "from", 0555);
    make_dir(where / "from/dir", 0555);
    make_file(where / "from/dir/file", "f", 0444);
    const bool good = as_nobody(
        [&]
        {
            for (int run = 0; run < 2; ++run)
            {
                if (copy_tree(where / "from", where / "to").error)
                    return false;
            }
            return (status_of(where / "to/dir").st_mode & 07777) == 0555 &&
                   content_of(where / "to/dir/file") == "f";
        });
    BOOST_TEST(good);
}

BOOST_AUTO_TEST_CASE(a_stop_leaves_no_directory_of_the_destination_more_open_than_it_was,
                     *precondition(as_root()))
{
    scratch where;
    BOOST_REQUIRE_EQUAL(::chmod(where.path().c_str(), 0777), 0);
    make_dir(where / "from");
    make_dir(where / "from/dir");
    for (const char* const name : {"1", "2", "3"})
        make_file((where / "from/dir/") + name, "f");
    make_dir(where / "to");
    make_dir(where / "to/dir", 0555);
    for (const char* const name : {"to", "to/dir"})
        BOOST_REQUIRE_EQUAL(::chown((where / name).c_str(), 65534, 65534), 0);
    const bool good = as_nobody(
        [&]
        {
            detail::stop_flag stop;
            mode_t meanwhile = 0;
            copy_options options;
            options.workers = 1;
            options.on_entry = [&](const copy_entry&)
            {
                meanwhile = status_of(where / "to/dir").st_mode & 07777;
                stop.request_stop();
            };
            copy_report report;
            const auto error =
                detail::copy_tree_job({AT_FDCWD, where / "from"}, {AT_FDCWD, where / "to"}, options, stop)
                    .run(report);
            return error == errno_code(ECANCELED) && report.files == 1 && meanwhile == 0755 &&
                   (status_of(where / "to/dir").st_mode & 07777) == 0555;
        });
    BOOST_TEST(good);
}

BOOST_AUTO_TEST_CASE(names_of_every_length_arrive)
{
    scratch where;
    make_dir(where / "from");
    const std::string longest(255, 'n');
    make_dir(where / ("from/" + longest));
    make_file(where / ("from/" + longest + "/" + std::string(255, '\xff')), "f");
    const auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(!result.error, result);
    BOOST_TEST(exists(where / ("to/" + longest + "/" + std::string(255, '\xff'))));
    BOOST_TEST(copy_tree(where / "from", where / std::string(256, 'n')).only_failure("", ENAMETOOLONG));
    BOOST_TEST(
        copy_tree(where / "from", where / std::string(5000, '/') + "to").only_failure("", ENAMETOOLONG));
}

BOOST_AUTO_TEST_CASE(no_space_leaves_no_truncated_file, *precondition(can_mount()))
{
    scratch where;
    const small_file_system target(where / "to", "size=8m");
    BOOST_REQUIRE(target.mounted());
    make_dir(where / "from");
    for (int i = 0; i < 24; ++i)
        make_file(where / ("from/" + std::to_string(i)), std::string(1 << 20, static_cast<char>('a' + i)));
    const auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(result.error == errno_code(ENOSPC), result);
    BOOST_TEST(result.report.errors >= 16u);
    std::size_t complete = 0;
    for (int i = 0; i < 24; ++i)
    {
        const std::string copy = where / ("to/" + std::to_string(i));
        if (!exists(copy))
            continue;
        ++complete;
        BOOST_TEST((content_of(copy) == std::string(1 << 20, static_cast<char>('a' + i))));
    }
    BOOST_TEST(complete == result.report.files);
    BOOST_TEST(complete >= 6u);
    for (const tree_error& failure : result.report.failures)
        BOOST_TEST(failure.code == errno_code(ENOSPC));
}

BOOST_AUTO_TEST_CASE(what_the_target_cannot_hold_is_named_and_the_rest_is_done, *precondition(can_mount()))
{
    scratch where;
    const small_file_system target(where / "to", "size=1m,nr_inodes=20");
    BOOST_REQUIRE(target.mounted());
    make_dir(where / "from");
    for (int i = 0; i < 30; ++i)
        BOOST_REQUIRE_EQUAL(::symlink("x", (where / ("from/" + std::to_string(i))).c_str()), 0);
    const auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(result.report.symlinks + result.report.errors == 30u);
    BOOST_TEST(result.report.errors > 0u);
    for (const tree_error& failure : result.report.failures)
        BOOST_TEST(failure.step == "symlinkat");
}

BOOST_AUTO_TEST_CASE(a_destination_that_is_read_only_is_named, *precondition(can_mount()))
{
    scratch where;
    const small_file_system target(where / "to", "size=1m");
    BOOST_REQUIRE(target.mounted());
    make_dir(where / "from");
    make_file(where / "from/file", "f");
    BOOST_REQUIRE_EQUAL(::mount(nullptr, (where / "to").c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr),
                        0);
    const auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(result.error == errno_code(EROFS), result);
    BOOST_TEST(result.report.files == 0u);
}

BOOST_AUTO_TEST_CASE(only_so_many_failures_are_kept_but_all_are_told)
{
    scratch where;
    make_dir(where / "from");
    make_dir(where / "to");
    for (int i = 0; i < 50; ++i)
    {
        make_file(where / ("from/" + std::to_string(i)), "f");
        make_dir(where / ("to/" + std::to_string(i)));
        make_file(where / ("to/" + std::to_string(i) + "/x"), "x");
    }
    copy_options options;
    options.max_errors = 10;
    std::size_t told = 0;
    options.on_error = [&](const tree_error&) { ++told; };
    const auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(result.report.errors == 50u);
    BOOST_TEST(result.report.failures.size() == 10u);
    BOOST_TEST(told == 50u);
}

BOOST_AUTO_TEST_CASE(an_exception_of_a_function_ends_the_copy)
{
    scratch where;
    make_dir(where / "from");
    for (int i = 0; i < 50; ++i)
    {
        make_dir(where / ("from/" + std::to_string(i)));
        make_file(where / ("from/" + std::to_string(i) + "/x"), "x");
    }
    copy_options options;
    options.workers = 3;
    options.on_entry = [](const copy_entry&) { throw std::runtime_error("enough"); };
    BOOST_CHECK_THROW(copy_tree(where / "from", where / "to", options), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
