// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <asio_fs/detail/tree/tree_walk.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <functional>

#include <pthread.h>
#include <sys/resource.h>

using namespace asio_fs;
using namespace asio_fs::test;

// Trees deeper than any path, with few descriptors and small stacks.

namespace {

constexpr int levels = 20'000;
constexpr std::uint64_t directories = levels + 1 + levels / 10;
constexpr std::uint64_t files = levels / 10;

// Runs something in a thread with 256 KiB of stack and at most 256 descriptors. Threads it starts have no
// more stack.
void confined(std::function<void()> function)
{
    rlimit before;
    BOOST_REQUIRE_EQUAL(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit low{256, before.rlim_max};
    pthread_attr_t attributes, others;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, 256 * 1024);
    ::pthread_getattr_default_np(&others);
    ::pthread_setattr_default_np(&attributes);
    ::setrlimit(RLIMIT_NOFILE, &low);
    pthread_t thread;
    BOOST_REQUIRE_EQUAL(::pthread_create(
                            &thread, &attributes,
                            [](void* argument) -> void*
                            {
                                (*static_cast<std::function<void()>*>(argument))();
                                return nullptr;
                            },
                            &function),
                        0);
    ::pthread_join(thread, nullptr);
    ::setrlimit(RLIMIT_NOFILE, &before);
    ::pthread_setattr_default_np(&others);
    ::pthread_attr_destroy(&attributes);
}

} // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_DATA_TEST_CASE(a_tree_of_20000_levels_is_copied_walked_and_removed,
                     boost::unit_test::data::make({1u, 4u}), workers)
{
    scratch where(in_memory());
    make_deep_tree(where / "from", levels);
    finished<copy_report> copied;
    finished<remove_report> removed;
    std::size_t walked = 0;
    confined(
        [&]
        {
            copy_options options;
            options.workers = workers;
            copied = copy_tree(where / "from", where / "to", options);
            detail::tree_walk walker({AT_FDCWD, where / "to"}, {});
            std::vector<walk_entry> batch;
            while (!walker.next(batch) && !batch.empty())
                walked += batch.size();
            remove_options how;
            how.workers = workers;
            removed = remove_tree(where / "from", how);
        });
    BOOST_TEST(!copied.error, copied);
    BOOST_TEST(copied.report.directories == directories);
    BOOST_TEST(copied.report.files == files);
    BOOST_TEST(walked == directories + files - 1);
    BOOST_TEST(!removed.error, removed);
    BOOST_TEST(removed.report.directories == directories);
    BOOST_TEST(!exists(where / "from"));
}

BOOST_AUTO_TEST_CASE(a_failure_at_the_bottom_names_the_whole_path)
{
    scratch where(in_memory());
    make_deep_tree(where / "from", 3000);
    auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(!result.error, result);
    // The deepest side directory gets a file where a directory with something in it is at the destination.
    const auto at_bottom = [&](const std::string& root, const std::function<void(int)>& function)
    {
        unique_fd at{::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        for (int i = 0; i < 2990; ++i)
            at.reset(::openat(at.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        function(at.get());
    };
    at_bottom(where / "to",
              [](int dir)
              {
                  ::unlinkat(dir, "side/file", 0);
                  ::mkdirat(dir, "side/file", 0700);
                  ::mkdirat(dir, "side/file/precious", 0700);
              });
    result = copy_tree(where / "from", where / "to");
    BOOST_REQUIRE_EQUAL(result.report.failures.size(), 1u);
    BOOST_TEST(result.report.failures[0].path.size() == 2990u * 2 + 9);
    BOOST_TEST(result.report.failures[0].path.ends_with("d/side/file"));
}

// More directories than may wait for their turn: the one that holds them is put off and continued later.
BOOST_AUTO_TEST_CASE(a_directory_of_40000_directories_is_copied_walked_and_removed)
{
    constexpr unsigned count = 40'000;
    scratch where(in_memory());
    make_dir(where / "from");
    for (unsigned i = 0; i < count; ++i)
        if (::mkdir((where / ("from/" + std::to_string(i))).c_str(), 0755) != 0)
            BOOST_FAIL("mkdir");
    make_file(where / "from/39999/file", "f");

    copy_options options;
    options.workers = 2;
    const auto copied = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!copied.error, copied);
    BOOST_TEST(copied.report.directories == count + 1);
    BOOST_TEST(copied.report.files == 1u);

    detail::tree_walk walker({AT_FDCWD, where / "to"}, {});
    std::vector<walk_entry> batch;
    std::size_t walked = 0;
    while (!walker.next(batch) && !batch.empty())
        walked += batch.size();
    BOOST_TEST(walked == count + 1);

    const auto removed = remove_tree(where / "to");
    BOOST_TEST(!removed.error, removed);
    BOOST_TEST(removed.report.directories == count + 1);
    BOOST_TEST(!exists(where / "to"));
}

BOOST_AUTO_TEST_CASE(few_descriptors_are_enough_for_many_lanes)
{
    scratch where;
    make_dir(where / "from");
    for (int d = 0; d < 100; ++d)
    {
        const std::string dir = where / ("from/" + std::to_string(d));
        make_dir(dir);
        for (int f = 0; f < 10; ++f)
            make_file(dir + "/" + std::to_string(f), "f");
    }
    rlimit before;
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit low{40, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
    copy_options options;
    options.workers = 8;
    const auto result = copy_tree(where / "from", where / "to", options);
    ::setrlimit(RLIMIT_NOFILE, &before);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 1000u);
}

BOOST_AUTO_TEST_SUITE_END()
