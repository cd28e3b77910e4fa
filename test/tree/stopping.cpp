// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"
#include "support/descriptors.hpp"

#include <chrono>
#include <random>
#include <thread>

#include <sys/wait.h>

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
using asio_fs::detail::error_code;
using boost::unit_test::precondition;
using namespace std::chrono_literals;

namespace {

void make_tree(const std::string& root, int dirs, int files)
{
    make_dir(root);
    for (int d = 0; d < dirs; ++d)
    {
        const std::string dir = root + "/" + std::to_string(d);
        make_dir(dir);
        for (int f = 0; f < files; ++f)
            make_file(dir + "/" + std::to_string(f), std::string(1000, 'x'));
        BOOST_REQUIRE_EQUAL(::link((dir + "/0").c_str(), (root + "/link" + std::to_string(d)).c_str()), 0);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(stopping)

BOOST_AUTO_TEST_CASE(a_stop_before_the_start_makes_nothing)
{
    scratch where;
    make_dir(where / "from");
    detail::stop_flag stop;
    stop.request_stop();
    copy_report report;
    BOOST_TEST(
        detail::copy_tree_job({AT_FDCWD, where / "from"}, {AT_FDCWD, where / "to"}, {}, stop).run(report) ==
        errno_code(ECANCELED));
    BOOST_TEST(!exists(where / "to"));
}

BOOST_AUTO_TEST_CASE(a_stop_at_any_moment_leaks_nothing_and_the_next_run_completes)
{
    scratch where(in_memory());
    make_tree(where / "from", 40, 40);
    const std::size_t descriptors = open_descriptors();
    std::mt19937 random(1);
    int cancelled = 0;
    for (int i = 0; i < 25; ++i)
    {
        // at a random moment, and at a random entry
        detail::stop_flag stop;
        std::thread stopper(
            [&stop, delay = std::chrono::microseconds(random() % 20'000)]
            {
                std::this_thread::sleep_for(delay);
                stop.request_stop();
            });
        copy_options options;
        options.workers = 1 + static_cast<unsigned>(i) % 4;
        options.on_entry = [&stop, left = random() % 1600](const copy_entry&) mutable
        {
            if (left-- == 0)
                stop.request_stop();
        };
        copy_report report;
        const error_code error =
            detail::copy_tree_job({AT_FDCWD, where / "from"}, {AT_FDCWD, where / "to"}, options, stop)
                .run(report);
        stopper.join();
        BOOST_TEST((!error || error == errno_code(ECANCELED)), error.message());
        BOOST_TEST(report.errors == 0u);
        cancelled += error ? 1 : 0;
        BOOST_TEST(open_descriptors() == descriptors);
    }
    BOOST_TEST(cancelled > 0);
    copy_options options;
    options.overwrite = overwrite_policy::different;
    const auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
}

BOOST_AUTO_TEST_CASE(a_large_file_is_left_promptly)
{
    scratch where(in_memory());
    make_file(where / "file", "");
    const unique_fd file{::open((where / "file").c_str(), O_RDWR | O_CLOEXEC)};
    BOOST_REQUIRE_EQUAL(::posix_fallocate(file.get(), 0, 256 << 20), 0);
    for (const copy_method method : {copy_method::automatic, copy_method::splice, copy_method::read_write, copy_method::direct})
    {
        detail::stop_flag stop;
        copy_options options;
        options.method = method;
        options.progress_interval = 0ms;
        options.on_progress = [&](const copy_progress&) { stop.request_stop(); };
        copy_report report;
        detail::copy_file_job job({AT_FDCWD, where / "file"}, {AT_FDCWD, where / "copy"}, options, stop);
        BOOST_TEST(job.run(report) == errno_code(ECANCELED));
        BOOST_TEST(report.bytes_copied <= 8u << 20);
        BOOST_TEST(!exists(where / "copy"));
    }
}

BOOST_AUTO_TEST_CASE(holes_are_left_promptly)
{
    scratch where(in_memory());
    make_file(where / "file", "");
    {
        // as many pieces as take a while to look at
        const unique_fd file{::open((where / "file").c_str(), O_RDWR | O_CLOEXEC)};
        for (off_t i = 0; i < 20'000; ++i)
            BOOST_REQUIRE_EQUAL(::pwrite(file.get(), "x", 1, i * 65536), 1);
    }
    detail::stop_flag stop;
    std::size_t calls = 0;
    copy_options options;
    options.progress_interval = 0ms;
    options.on_progress = [&](const copy_progress&)
    {
        if (++calls == 5)
            stop.request_stop();
    };
    copy_report report;
    BOOST_TEST(detail::copy_file_job({AT_FDCWD, where / "file"}, {AT_FDCWD, where / "copy"}, options, stop)
                   .run(report) == errno_code(ECANCELED));
    BOOST_TEST(calls < 10u);
    BOOST_TEST(!exists(where / "copy"));
}

BOOST_AUTO_TEST_CASE(a_run_after_one_that_was_killed_completes_the_copy)
{
    scratch where(in_memory());
    make_tree(where / "from", 60, 60);
    for (int i = 0; i < 5; ++i)
    {
        const pid_t child = ::fork();
        if (child == 0)
        {
            copy_tree(where / "from", where / "to");
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(3 * i));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        copy_options options;
        options.overwrite = overwrite_policy::different;
        const auto result = copy_tree(where / "from", where / "to", options);
        BOOST_TEST(!result.error, result);
        BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
        BOOST_TEST(!remove_tree(where / "to").error);
    }
}

BOOST_AUTO_TEST_SUITE_END()
