// SPDX-License-Identifier: BSL-1.0
#include "small_file_system.hpp"
#include "support.hpp"

#include "support/descriptors.hpp"

#include <asio_fs/detail/tree/tree_walk.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

using namespace asio_fs::test;
using asio_fs::entry_type;
using asio_fs::walk_entry;
using asio_fs::walk_options;
using asio_fs::detail::errno_code;
using asio_fs::detail::error_code;
using asio_fs::detail::tree_walk;
using boost::unit_test::precondition;

namespace {

std::vector<walk_entry> walk(const std::string& root, const walk_options& options = {})
{
    tree_walk walker({AT_FDCWD, root}, options);
    std::vector<walk_entry> all, batch;
    for (;;)
    {
        const error_code error = walker.next(batch);
        BOOST_TEST(!error, error.message());
        if (error || batch.empty())
            return all;
        BOOST_TEST(batch.size() <= options.batch_entries);
        std::move(batch.begin(), batch.end(), std::back_inserter(all));
    }
}

struct tree
{
    tree()
    {
        make_dir(where / "a");
        make_dir(where / "a/b");
        make_dir(where / "a/b/c");
        make_file(where / "a/file", "12345");
        make_file(where / "a/b/new\nline \xff", "");
        BOOST_REQUIRE_EQUAL(::symlink("a", (where / "link").c_str()), 0);
        BOOST_REQUIRE_EQUAL(::mkfifo((where / "fifo").c_str(), 0600), 0);
    }
    scratch where{in_memory()};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tree_walk_, tree)

BOOST_AUTO_TEST_CASE(lists_everything_once_with_its_kind_and_depth)
{
    std::map<std::string, std::pair<entry_type, std::size_t>> expected{
        {"a", {entry_type::directory, 0}},
        {"a/b", {entry_type::directory, 1}},
        {"a/b/c", {entry_type::directory, 2}},
        {"a/file", {entry_type::regular, 1}},
        {"a/b/new\nline \xff", {entry_type::regular, 2}},
        {"link", {entry_type::symlink, 0}},
        {"fifo", {entry_type::fifo, 0}}};
    std::set<std::string> seen;
    for (const walk_entry& entry : walk(where.path()))
    {
        BOOST_TEST(!entry.error);
        BOOST_TEST(!entry.status);
        BOOST_REQUIRE(expected.count(entry.path) == 1);
        BOOST_TEST((expected[entry.path] == std::pair{entry.type, entry.depth}));
        const auto slash = entry.path.rfind('/');
        if (slash != std::string::npos) // a directory comes before its entries
            BOOST_TEST(seen.count(entry.path.substr(0, slash)) == 1u);
        BOOST_TEST(seen.insert(entry.path).second);
    }
    BOOST_TEST(seen.size() == expected.size());
}

BOOST_AUTO_TEST_CASE(batches_hold_no_more_than_asked_for)
{
    walk_options options;
    options.batch_entries = 2;
    BOOST_TEST(walk(where.path(), options).size() == 7u);
    options.batch_entries = 1024;
    options.batch_bytes = 1;
    BOOST_TEST(walk(where.path(), options).size() == 7u);
}

BOOST_AUTO_TEST_CASE(gives_the_status_if_asked_for)
{
    walk_options options;
    options.fields = asio_fs::statx_mask::basic_stats;
    for (const walk_entry& entry : walk(where.path(), options))
    {
        BOOST_REQUIRE(entry.status);
        if (entry.path == "a/file")
            BOOST_TEST(entry.status->size() == 5u);
        if (entry.path == "link")
            BOOST_TEST(entry.status->is_symlink());
    }
}

BOOST_AUTO_TEST_CASE(goes_no_deeper_than_asked_for)
{
    walk_options options;
    options.max_depth = 0;
    BOOST_TEST(walk(where.path(), options).size() == 3u);
    options.max_depth = 1;
    BOOST_TEST(walk(where.path(), options).size() == 5u);
}

BOOST_AUTO_TEST_CASE(other_file_systems_are_listed_but_not_entered_if_asked_for, *precondition(can_mount()))
{
    const small_file_system other(where / "a/b/other", "size=1m");
    BOOST_REQUIRE(other.mounted());
    make_dir(where / "a/b/other/dir");
    make_file(where / "a/b/other/dir/file", "");
    for (unsigned workers : {1u, 4u})
    {
        walk_options options;
        options.workers = workers;
        BOOST_TEST(walk(where.path(), options).size() == 10u);
        options.one_file_system = true;
        std::map<std::string, entry_type> seen;
        for (const walk_entry& entry : walk(where.path(), options))
        {
            BOOST_TEST(!entry.error);
            seen[entry.path] = entry.type;
        }
        BOOST_TEST(seen.size() == 8u);
        BOOST_TEST((seen["a/b/other"] == entry_type::directory));
        // Which one is the own is the root's affair.
        BOOST_TEST(walk(where / "a/b/other", options).size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(a_root_that_cannot_be_read_is_an_error)
{
    std::vector<walk_entry> batch;
    BOOST_TEST(tree_walk({AT_FDCWD, where / "missing"}, {}).next(batch) == errno_code(ENOENT));
    BOOST_TEST(tree_walk({AT_FDCWD, where / "a/file"}, {}).next(batch) == errno_code(ENOTDIR));
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_gone_appears_again_with_the_error)
{
    walk_options options;
    options.batch_entries = 3; // the root and no more
    tree_walk walker({AT_FDCWD, where.path()}, options);
    std::vector<walk_entry> batch;
    BOOST_TEST(!walker.next(batch));
    BOOST_TEST(!remove_tree(where / "a").error);
    BOOST_TEST(!walker.next(batch));
    BOOST_REQUIRE_EQUAL(batch.size(), 1u);
    BOOST_TEST(batch[0].path == "a");
    BOOST_TEST(batch[0].error == errno_code(ENOENT));
    BOOST_TEST(batch[0].step == "openat");
    BOOST_TEST(!walker.next(batch));
    BOOST_TEST(batch.empty());
}

BOOST_AUTO_TEST_CASE(threads_share_the_directories_and_name_each_before_its_content)
{
    for (int i = 0; i != 40; ++i)
    {
        const std::string dir = where / ("many" + std::to_string(i));
        make_dir(dir);
        make_dir(dir + "/deeper");
        for (int j = 0; j != 40; ++j)
            make_file(dir + "/deeper/" + std::to_string(j), "");
    }
    for (unsigned workers : {1u, 2u, 8u})
    {
        for (std::size_t batch : {std::size_t{1}, std::size_t{7}, std::size_t{1024}})
        {
            walk_options options;
            options.workers = workers;
            options.batch_entries = batch;
            std::set<std::string> seen;
            for (const walk_entry& entry : walk(where.path(), options))
            {
                BOOST_TEST(!entry.error);
                const auto slash = entry.path.rfind('/');
                if (slash != std::string::npos)
                    BOOST_TEST(seen.count(entry.path.substr(0, slash)) == 1u);
                BOOST_TEST(seen.insert(entry.path).second);
            }
            BOOST_TEST(seen.size() == 7u + 40 * 42);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_walk_that_is_left_in_the_middle_leaves_nothing_behind)
{
    for (int i = 0; i != 200; ++i)
        make_dir(where / ("d" + std::to_string(i)));
    const std::size_t before = open_descriptors();
    for (int round = 0; round != 20; ++round)
    {
        walk_options options;
        options.workers = 4;
        options.batch_entries = 2;
        tree_walk walker({AT_FDCWD, where.path()}, options);
        std::vector<walk_entry> batch;
        for (int i = 0; i != round; ++i)
            BOOST_TEST(!walker.next(batch));
    }
    // The threads are not waited for; they end on their own.
    for (int i = 0; i != 1000 && open_descriptors() > before; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(stops_when_asked_to)
{
    tree_walk walker({AT_FDCWD, where.path()}, {});
    walker.request_stop();
    std::vector<walk_entry> batch;
    BOOST_TEST(walker.next(batch) == errno_code(ECANCELED));
}

BOOST_AUTO_TEST_CASE(paths_beyond_path_max_are_listed)
{
    make_deep_tree(where / "deep", 5000);
    std::size_t longest = 0;
    const auto all = walk(where / "deep");
    for (const walk_entry& entry : all)
    {
        BOOST_REQUIRE(!entry.error);
        longest = std::max(longest, entry.path.size());
    }
    BOOST_TEST(all.size() == 5000u + 2 * 500);
    BOOST_TEST(longest == 5000u * 2 - 1);
}

BOOST_AUTO_TEST_SUITE_END()
