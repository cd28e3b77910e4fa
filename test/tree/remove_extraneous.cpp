// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <sys/wait.h>

using namespace asio_fs;
using namespace asio_fs::test;
using action = copy_entry::action;
using boost::unit_test::precondition;
using namespace std::chrono_literals;

// What the source does not have goes from the destination, and nothing else does.

namespace {

struct trees
{
    trees()
    {
        for (const char* const tree : {"from", "to"})
        {
            make_dir(where / tree);
            make_dir((where / tree) + "/dir");
            make_file((where / tree) + "/dir/file", "f");
            make_file((where / tree) + "/file", "f");
        }
        make_dir(where / "outside");
        make_file(where / "outside/precious", "p");
        make_file(where / "to/dir/old", "o");
        make_dir(where / "to/gone");
        make_dir(where / "to/gone/deep");
        make_file(where / "to/gone/deep/file", "f");
        make_file(where / "to/gone/object.o", "o");
        BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "to/gone/way out").c_str()), 0);
        BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "to/way out").c_str()), 0);
        options.remove_extraneous = true;
        options.on_entry = [this](const copy_entry& entry)
        {
            if (entry.what == action::removed)
                removed.emplace(entry.path);
        };
    }

    finished<copy_report> copy()
    {
        removed.clear();
        return test::copy_tree(where / "from", where / "to", options);
    }

    const std::set<std::string> everything{"dir/old",       "gone",         "gone/deep", "gone/deep/file",
                                           "gone/object.o", "gone/way out", "way out"};
    scratch where;
    copy_options options;
    std::set<std::string> removed;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(remove_extraneous, trees)

BOOST_AUTO_TEST_CASE(what_the_source_lacks_goes_with_everything_beneath)
{
    options.dry_run = true;
    auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST((removed == everything));
    BOOST_TEST(exists(where / "to/gone/deep/file"));
    options.dry_run = false;
    result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST((removed == everything));
    BOOST_TEST(result.report.removed == everything.size());
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
    BOOST_TEST(exists(where / "outside/precious"));
    BOOST_TEST(copy().report.removed == 0u);
}

BOOST_AUTO_TEST_CASE(nothing_goes_unless_asked_for)
{
    options.remove_extraneous = false;
    BOOST_TEST(copy().report.removed == 0u);
    BOOST_TEST(exists(where / "to/gone/deep/file"));
}

BOOST_AUTO_TEST_CASE(a_filter_protects)
{
    std::set<std::string> asked;
    options.filter = [&](const copy_candidate& candidate)
    {
        if (candidate.extraneous)
            asked.emplace(candidate.path);
        return candidate.path != "way out" && !candidate.path.ends_with(".o") && candidate.path != "dir";
    };
    const auto result = copy();
    BOOST_TEST(!result.error, result);
    // A directory that was left out was not entered, and one that holds what is protected stays.
    BOOST_TEST((removed == std::set<std::string>{"gone/deep", "gone/deep/file", "gone/way out"}));
    BOOST_TEST(exists(where / "to/way out"));
    BOOST_TEST(exists(where / "to/gone/object.o"));
    BOOST_TEST(exists(where / "to/dir/old"));
    BOOST_TEST(asked.contains("gone"));
    BOOST_TEST(!asked.contains("file"));
}

BOOST_AUTO_TEST_CASE(what_is_left_out_at_the_source_is_not_extraneous)
{
    BOOST_REQUIRE_EQUAL(::symlink("x", (where / "from/link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink("x", (where / "to/link").c_str()), 0);
    options.preserve = ~preserve_flags::symlinks;
    options.filter = [](const copy_candidate& candidate) { return candidate.path != "file"; };
    BOOST_TEST(!copy().error);
    BOOST_TEST(exists(where / "to/link"));
    BOOST_TEST(exists(where / "to/file"));
}

BOOST_AUTO_TEST_CASE(what_the_filter_has_left_out_goes_if_it_says_so)
{
    options.filter = [](const copy_candidate& candidate)
    {
        return candidate.extraneous ? candidate.path != "gone"
                                    : candidate.path != "file" && candidate.path != "dir";
    };
    BOOST_TEST(!copy().error);
    BOOST_TEST((removed == std::set<std::string>{"dir", "dir/file", "dir/old", "file", "way out"}));
    BOOST_TEST(!exists(where / "to/file"));
    BOOST_TEST(!exists(where / "to/dir"));
    BOOST_TEST(exists(where / "to/gone/deep/file"));
}

BOOST_AUTO_TEST_CASE(nothing_goes_where_the_source_could_not_be_read, *precondition(as_root()))
{
    BOOST_REQUIRE_EQUAL(::chmod(where.path().c_str(), 0777), 0);
    BOOST_REQUIRE_EQUAL(::chmod((where / "from/dir").c_str(), 0), 0);
    BOOST_REQUIRE_EQUAL(::system(("chown -R 65534:65534 " + (where / "to")).c_str()), 0);
    const pid_t child = ::fork();
    if (child == 0)
    {
        const bool good = ::setgid(65534) == 0 && ::setuid(65534) == 0 &&
                          copy().only_failure("dir", EACCES) && removed.contains("gone") &&
                          !removed.contains("dir/old");
        ::_exit(good ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
    BOOST_TEST(exists(where / "to/dir/old"));
    BOOST_TEST(exists(where / "to/dir/file"));
}

BOOST_AUTO_TEST_CASE(nothing_goes_after_a_stop)
{
    detail::stop_flag stop;
    options.workers = 1;
    options.on_entry = [&](const copy_entry&) { stop.request_stop(); };
    copy_report report;
    detail::copy_tree_job({AT_FDCWD, where / "from"}, {AT_FDCWD, where / "to"}, options, stop).run(report);
    BOOST_TEST(report.removed == 0u);
    BOOST_TEST(exists(where / "to/gone/deep/file"));
}

BOOST_AUTO_TEST_CASE(a_failure_that_stops_stops_removing)
{
    make_file(where / "from/clash", "f");
    make_dir(where / "to/clash");
    make_file(where / "to/clash/inner", "i");
    options.filter = [](const copy_candidate& entry) { return entry.path != "clash/inner"; };
    options.workers = 1;
    options.on_failure = error_policy::stop;
    const auto result = copy();
    BOOST_TEST(result.only_failure("clash", ENOTEMPTY), result);
    BOOST_TEST(exists(where / "to/gone/deep/file"));
    BOOST_TEST(exists(where / "to/way out"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_removed_is_named, *precondition(can_mount()))
{
    // A mount point is busy.
    BOOST_REQUIRE_EQUAL(::mount("tmpfs", (where / "to/gone/deep").c_str(), "tmpfs", 0, nullptr), 0);
    const auto result = copy();
    ::umount2((where / "to/gone/deep").c_str(), MNT_DETACH);
    BOOST_TEST(result.only_failure("gone/deep", EBUSY), result);
    BOOST_TEST(removed.contains("gone/object.o"));
    BOOST_TEST(!removed.contains("gone"));
    BOOST_TEST(exists(where / "to/gone/deep/file"));
}

BOOST_AUTO_TEST_CASE(an_exchanged_directory_does_not_lead_out_of_the_destination)
{
    make_dir(where / "outside/deep");
    make_dir(where / "outside/dir");
    const auto end = std::chrono::steady_clock::now() + 700ms;
    std::atomic<bool> over{false};
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "swap").c_str()), 0);
    std::thread attacker(
        [&]
        {
            while (!over)
            {
                for (const char* const name : {"to/gone", "to/dir"})
                    ::renameat2(AT_FDCWD, (where / "swap").c_str(), AT_FDCWD, (where / name).c_str(),
                                RENAME_EXCHANGE);
            }
        });
    while (std::chrono::steady_clock::now() < end)
    {
        copy();
        ::mkdir((where / "to/gone").c_str(), 0755);
        ::mkdir((where / "to/gone/deep").c_str(), 0755);
        if (!exists(where / "outside/precious"))
            break;
    }
    over = true;
    attacker.join();
    BOOST_TEST(exists(where / "outside/precious"));
    BOOST_TEST(exists(where / "outside/deep"));
    BOOST_TEST(exists(where / "outside/dir"));
}

BOOST_AUTO_TEST_SUITE_END()
