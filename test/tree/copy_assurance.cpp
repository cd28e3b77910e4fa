// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <asio_fs/detail/tree/file_gate.hpp>
#include <asio_fs/detail/tree/rate_limit.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include <sys/resource.h>
#include <sys/syscall.h>

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
using namespace std::chrono_literals;

// Durability, verification, speed limits, and what a copy does about failures.

namespace {

std::atomic<int> synced_files{0}, synced_directories{0};

} // namespace

// Takes the place of the C library's in this program, and counts.
extern "C" int fsync(int fd)
{
    struct ::stat status;
    if (::fstat(fd, &status) == 0)
        ++(S_ISDIR(status.st_mode) ? synced_directories : synced_files);
    return static_cast<int>(::syscall(SYS_fsync, fd));
}

namespace {

struct trees
{
    trees() { make_dir(where / "from"); }

    finished<copy_report> copy() { return test::copy_tree(where / "from", where / "to", options); }

    // Leaves this process as few descriptors as it has now and some more.
    static void allow_descriptors(int more)
    {
        rlimit limit;
        ::getrlimit(RLIMIT_NOFILE, &limit);
        const unique_fd next{::open("/", O_PATH | O_CLOEXEC)};
        limit.rlim_cur = static_cast<rlim_t>(next.get() + more);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }

    scratch where;
    copy_options options;
};

// Restores what setrlimit(2) changes.
struct descriptor_limit
{
    descriptor_limit() { ::getrlimit(RLIMIT_NOFILE, &before); }
    ~descriptor_limit() { ::setrlimit(RLIMIT_NOFILE, &before); }
    rlimit before;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(copy_assurance, trees)

BOOST_AUTO_TEST_CASE(what_is_asked_for_is_brought_to_stable_storage)
{
    make_dir(where / "from/dir");
    make_file(where / "from/dir/file", "f");
    make_file(where / "from/other", "o");
    BOOST_REQUIRE_EQUAL(::symlink("file", (where / "from/dir/link").c_str()), 0);
    const auto synced = [&](auto&& run)
    {
        synced_files = synced_directories = 0;
        BOOST_TEST(!run().error);
        return std::pair<int, int>(synced_files, synced_directories);
    };
    using counts = std::pair<int, int>;
    const auto tree = [&] { return copy(); };
    const auto root = [&] { return test::copy_tree(where / "from/other", where / "one", options); };
    const auto file = [&] { return test::copy_file(where / "from/other", where / "one", options); };
    BOOST_TEST((synced(tree) == counts(0, 0)));
    options.sync = sync_policy::files;
    BOOST_TEST((synced(tree) == counts(2, 0)));
    BOOST_TEST((synced(root) == counts(1, 0)));
    options.in_place = true;
    BOOST_TEST((synced(tree) == counts(2, 0)));
    options.in_place = false;
    options.sync = sync_policy::everything;
    BOOST_TEST((synced(tree) == counts(2, 2)));
    BOOST_TEST((synced(root) == counts(1, 1)));
    BOOST_TEST((synced(file) == counts(1, 1)));
    options.overwrite = overwrite_policy::different;
    BOOST_TEST((synced(tree) == counts(0, 2)));
    BOOST_REQUIRE_EQUAL(::chmod((where / "to/dir/file").c_str(), 0600), 0);
    BOOST_TEST((synced(tree) == counts(1, 2)));
    BOOST_TEST((status_of(where / "to/dir/file").st_mode & 0777) == 0644u);
    // A new destination has its entry in the directory above.
    remove_tree(where / "to");
    BOOST_TEST((synced(tree) == counts(2, 3)));
    options.dry_run = true;
    BOOST_TEST((synced(tree) == counts(0, 0)));
}

BOOST_AUTO_TEST_CASE(equal_copies_are_verified)
{
    make_file(where / "from/large", std::string(3 << 20, 'x'));
    make_file(where / "from/empty", "");
    make_file(where / "from/closed", "c", 0400);
    make_file(where / "from/holes", "");
    BOOST_REQUIRE_EQUAL(::truncate((where / "from/holes").c_str(), 5 << 20), 0);
    options.verify = true;
    auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.verified == 4u);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
    options.in_place = true;
    result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.verified == 4u);
}

BOOST_AUTO_TEST_CASE(a_wrong_copy_is_made_again_and_not_kept_if_it_stays_wrong)
{
    make_file(where / "from/file", std::string(1 << 20, 'x'));
    options.verify = true;
    options.method = copy_method::read_write;
    options.buffer_size = 4096;
    options.progress_interval = 0ms;
    int to_spoil = 1;
    std::uint64_t round = 0;
    options.on_progress = [&](const copy_progress& progress)
    {
        // Once for each time that the file is copied, when half of it is there
        const std::uint64_t copies = progress.bytes_copied / (1 << 20);
        if (progress.path != "file" || copies != round || progress.bytes_copied % (1 << 20) < 1 << 19 ||
            to_spoil == 0)
            return;
        ++round;
        --to_spoil;
        const unique_fd file{::open((where / "to/file").c_str(), O_WRONLY | O_CLOEXEC)};
        BOOST_REQUIRE_EQUAL(::pwrite(file.get(), "!", 1, 100), 1);
    };
    auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(round == 1u);
    BOOST_TEST(result.report.verified == 1u);
    BOOST_TEST((content_of(where / "to/file") == std::string(1 << 20, 'x')));

    BOOST_REQUIRE_EQUAL(::unlink((where / "to/file").c_str()), 0);
    to_spoil = 2;
    round = 0;
    options.keep_partial = true; // which does not mean wrong ones
    result = copy();
    BOOST_TEST(round == 2u);
    BOOST_TEST(result.only_failure("file", EIO), result);
    BOOST_TEST(result.report.failures.at(0).step == "verify");
    BOOST_TEST(result.report.verified == 0u);
    BOOST_TEST(!exists(where / "to/file"));
}

BOOST_AUTO_TEST_CASE(no_more_bytes_are_moved_per_second_than_permitted)
{
    using clock = std::chrono::steady_clock;
    for (int i = 0; i < 8; ++i)
        make_file(where / ("from/" + std::to_string(i)), std::string(50'000, 'x'));
    options.bytes_per_second = 1'000'000;
    options.workers = 4;
    const auto start = clock::now();
    const auto result = copy();
    const auto taken = clock::now() - start;
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.bytes_copied == 400'000u);
    BOOST_TEST((taken >= 290ms && taken < 5s));
}

BOOST_AUTO_TEST_CASE(a_copy_that_waits_for_its_turn_can_be_stopped)
{
    make_file(where / "from/file", std::string(1 << 20, 'x'));
    options.bytes_per_second = 1000;
    detail::stop_flag stop;
    std::thread stopper(
        [&]
        {
            std::this_thread::sleep_for(100ms);
            stop.request_stop();
        });
    copy_report report;
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(detail::copy_tree_job({AT_FDCWD, where / "from"}, {AT_FDCWD, where / "to"}, options, stop)
                   .run(report) == errno_code(ECANCELED));
    BOOST_TEST((std::chrono::steady_clock::now() - start < 5s));
    stopper.join();
}

BOOST_AUTO_TEST_CASE(a_rate_limit_lets_everybody_pay)
{
    using clock = detail::rate_limit::clock;
    detail::rate_limit limit(1000);
    const clock::time_point start = clock::now();
    BOOST_TEST((limit.moved(1000, start) == start + 900ms)); // a tenth of a second is credited
    BOOST_TEST((limit.moved(500, start) == start + 1400ms));
    BOOST_TEST((limit.moved(0, start) == start + 1400ms));
    BOOST_TEST((limit.moved(100, start + 10s) == start + 10s));
    detail::rate_limit slow(1);
    BOOST_TEST((slow.moved(~std::uint64_t(0), start) < start + std::chrono::hours(24 * 365)));
}

BOOST_AUTO_TEST_CASE(a_failure_ends_the_copy_if_that_is_wanted)
{
    make_dir(where / "to");
    for (int i = 0; i < 50; ++i)
    {
        const std::string name = std::to_string(i);
        make_file(where / ("from/" + name), "f");
        make_dir(where / ("to/" + name));
        make_file(where / ("to/" + name + "/inner"), "i");
    }
    options.workers = 1;
    options.on_failure = error_policy::stop;
    const auto result = copy();
    BOOST_TEST(result.error == errno_code(ENOTEMPTY), result);
    BOOST_TEST(result.report.errors == 1u);
    options.on_failure = error_policy::go_on;
    BOOST_TEST(copy().report.errors == 50u);
}

BOOST_AUTO_TEST_CASE(what_may_pass_is_tried_again)
{
    make_file(where / "from/file", "f");
    const descriptor_limit limit;
    const std::string from = where / "from/file", to = where / "to";
    // Not one for the destination; the other things are open by then.
    const auto run = [&](unsigned attempts, bool help)
    {
        ::unlink(to.c_str());
        options.retry = {attempts, 50ms};
        std::thread helper;
        std::atomic<bool> over{false};
        if (help)
            helper = std::thread(
                [&]
                {
                    for (int i = 0; i < 40 && !over; ++i)
                        std::this_thread::sleep_for(10ms);
                    ::setrlimit(RLIMIT_NOFILE, &limit.before);
                });
        allow_descriptors(3);
        const auto result = test::copy_file(from, to, options);
        over = true;
        if (helper.joinable())
            helper.join();
        ::setrlimit(RLIMIT_NOFILE, &limit.before);
        return result;
    };
    BOOST_TEST(run(0, true).only_failure("", EMFILE));
    BOOST_TEST(run(1, false).only_failure("", EMFILE));
    const auto result = run(4, true);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(content_of(to) == "f");
}

BOOST_AUTO_TEST_CASE(what_does_not_pass_is_not_tried_again)
{
    make_file(where / "from/file", "f");
    make_dir(where / "to");
    make_dir(where / "to/file");
    make_file(where / "to/file/inner", "i");
    options.retry = {10, 1h};
    BOOST_TEST(copy().only_failure("file", ENOTEMPTY));
}

BOOST_AUTO_TEST_CASE(no_more_files_are_open_than_permitted)
{
    for (int d = 0; d < 8; ++d)
    {
        make_dir(where / ("from/" + std::to_string(d)));
        for (int i = 0; i < 30; ++i)
        {
            const std::string name = where / ("from/" + std::to_string(d) + "/" + std::to_string(i));
            make_file(name, std::string(1000, 'x'));
            // The names of one inode wait for each other; nobody may wait for two passes.
            if (d > 0 && i == 0)
                BOOST_REQUIRE_EQUAL(::link((where / "from/0/0").c_str(), (name + "-link").c_str()), 0);
        }
    }
    options.workers = 4;
    options.max_files_in_flight = 1;
    const auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");

    detail::file_gate gate(2);
    std::atomic<int> inside{0}, most{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back(
            [&]
            {
                for (int i = 0; i < 200; ++i)
                {
                    const detail::file_gate::pass pass = gate.enter();
                    const int now = ++inside;
                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);)
                        ;
                    std::this_thread::yield();
                    --inside;
                }
            });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(most <= 2);
    BOOST_TEST(!detail::file_gate(0).enter());
}

BOOST_AUTO_TEST_CASE(what_vanishes_is_counted)
{
    make_dir(where / "from/dir");
    for (int i = 0; i < 20; ++i)
        make_file(where / ("from/" + std::to_string(i)), "f");
    options.workers = 1;
    bool removed = false;
    options.on_entry = [&](const copy_entry& entry)
    {
        if (std::exchange(removed, true))
            return;
        ::rmdir((where / "from/dir").c_str());
        for (int i = 0; i < 20; ++i)
        {
            const std::string name = std::to_string(i);
            if (entry.path != name)
                ::unlink((where / ("from/" + name)).c_str());
        }
    };
    const auto result = copy();
    BOOST_TEST(result.error == errno_code(ENOENT));
    BOOST_TEST(result.report.vanished == result.report.errors);
    BOOST_TEST(result.report.vanished == 20u, result);
}

BOOST_AUTO_TEST_SUITE_END()
