// SPDX-License-Identifier: BSL-1.0
#include "small_file_system.hpp"
#include "support.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <sys/wait.h>

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
using boost::unit_test::precondition;
using namespace std::chrono_literals;

// What has a name keeps it until its successor is complete.

namespace {

std::vector<std::string> names_in(const std::string& path)
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path))
        names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

using names = std::vector<std::string>;

struct trees
{
    trees()
    {
        make_dir(where / "from");
        make_dir(where / "to");
    }

    finished<copy_report> copy() { return test::copy_tree(where / "from", where / "to", options); }

    // Copies, and stops when the first piece of data was moved.
    finished<copy_report> copy_and_stop()
    {
        detail::stop_flag stop;
        options.method = copy_method::read_write;
        options.buffer_size = 4096;
        options.progress_interval = 0ms;
        options.on_progress = [&](const copy_progress& progress)
        {
            if (progress.bytes_copied > 0)
                stop.request_stop();
        };
        finished<copy_report> result;
        detail::copy_tree_job job({AT_FDCWD, where / "from"}, {AT_FDCWD, where / "to"}, options, stop);
        result.error = job.run(result.report);
        options.on_progress = nullptr;
        return result;
    }

    scratch where{in_memory()};
    copy_options options;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(copy_replacing, trees)

BOOST_AUTO_TEST_CASE(a_full_file_system_leaves_what_was_there, *precondition(can_mount()))
{
    const small_file_system target(where / "small", "size=1m");
    BOOST_REQUIRE(target.mounted());
    make_file(where / "small/file", "before");
    make_file(where / "from/file", std::string(2 << 20, 'x'));
    for (const bool atomic : {false, true})
    {
        options.atomic = atomic;
        const auto result = test::copy_tree(where / "from", where / "small", options);
        BOOST_TEST(result.only_failure("file", ENOSPC), result);
        BOOST_TEST(content_of(where / "small/file") == "before");
        BOOST_TEST((names_in(where / "small") == names{"file"}));
    }
}

BOOST_AUTO_TEST_CASE(a_copy_that_is_stopped_leaves_what_was_there)
{
    make_file(where / "from/file", std::string(1 << 20, 'x'));
    make_file(where / "to/file", "before");
    BOOST_TEST(copy_and_stop().error == errno_code(ECANCELED));
    BOOST_TEST(content_of(where / "to/file") == "before");
    BOOST_TEST((names_in(where / "to") == names{"file"}));
}

BOOST_AUTO_TEST_CASE(a_copy_that_is_killed_leaves_the_old_file_or_the_new_one)
{
    const std::string old_content(1 << 20, 'o'), new_content(1 << 20, 'n');
    for (int i = 0; i < 10; ++i)
        make_file(where / ("from/" + std::to_string(i)), new_content);
    int interrupted = 0;
    for (int run = 0; run < 8; ++run)
    {
        for (int i = 0; i < 10; ++i)
            make_file(where / ("to/" + std::to_string(i)), old_content);
        const pid_t child = ::fork();
        if (child == 0)
        {
            copy();
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(300 * run));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        for (int i = 0; i < 10; ++i)
        {
            const std::string content = content_of(where / ("to/" + std::to_string(i)));
            BOOST_TEST((content == old_content || content == new_content));
            interrupted += content == old_content;
        }
        // What a killed run leaves is extraneous to the next one.
        options.remove_extraneous = true;
        BOOST_TEST(!copy().error);
        BOOST_TEST(names_in(where / "to").size() == 10u);
    }
    BOOST_TEST(interrupted > 0);
}

BOOST_AUTO_TEST_CASE(nobody_ever_misses_a_name_that_is_replaced)
{
    make_file(where / "from/file", std::string(10'000, 'x'));
    BOOST_REQUIRE_EQUAL(::symlink("x", (where / "from/link").c_str()), 0);
    make_file(where / "from/one", "1");
    BOOST_REQUIRE_EQUAL(::link((where / "from/one").c_str(), (where / "from/two").c_str()), 0);
    BOOST_REQUIRE(!copy().error);
    std::atomic<bool> over{false};
    std::atomic<int> missed{0};
    std::thread watcher(
        [&]
        {
            while (!over)
            {
                for (const char* const name : {"file", "link", "one", "two"})
                {
                    struct ::stat status;
                    missed += ::lstat((where / "to/" + name).c_str(), &status) != 0;
                }
            }
        });
    for (int i = 0; i < 200; ++i)
        BOOST_REQUIRE(!copy().error);
    over = true;
    watcher.join();
    BOOST_TEST(missed == 0);
    BOOST_TEST((names_in(where / "to") == names{"file", "link", "one", "two"}));
    BOOST_TEST(status_of(where / "to/one").st_ino == status_of(where / "to/two").st_ino);
}

BOOST_AUTO_TEST_CASE(other_names_of_what_is_replaced_keep_its_content)
{
    make_file(where / "from/file", "new");
    make_file(where / "to/file", "before");
    BOOST_REQUIRE_EQUAL(::link((where / "to/file").c_str(), (where / "other").c_str()), 0);
    BOOST_TEST(!copy().error);
    BOOST_TEST(content_of(where / "to/file") == "new");
    BOOST_TEST(content_of(where / "other") == "before");
}

BOOST_AUTO_TEST_CASE(the_longest_names_have_successors_too)
{
    std::string longest(255, 'n'), of_two_bytes;
    while (of_two_bytes.size() < 254)
        of_two_bytes += "\xc3\xa4";
    for (const std::string& name : {longest, of_two_bytes})
    {
        make_file(where / ("from/" + name), "new");
        make_file(where / ("to/" + name), "before");
    }
    const auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(content_of(where / ("to/" + longest)) == "new");
    BOOST_TEST(content_of(where / ("to/" + of_two_bytes)) == "new");
    BOOST_TEST(names_in(where / "to").size() == 2u);
}

BOOST_AUTO_TEST_CASE(new_files_appear_complete_if_asked_for)
{
    make_file(where / "from/file", std::string(1 << 20, 'x'));
    options.atomic = true;
    std::size_t seen = 0;
    options.method = copy_method::read_write;
    options.buffer_size = 4096;
    options.progress_interval = 0ms;
    options.on_progress = [&](const copy_progress& progress)
    {
        if (progress.path != "file" || progress.files != 0)
            return;
        ++seen;
        BOOST_TEST(!exists(where / "to/file"));
    };
    const auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(seen > 0u);
    BOOST_TEST(content_of(where / "to/file").size() == 1u << 20);
    BOOST_TEST(status_of(where / "to/file").st_nlink == 1u);
    options.on_progress = nullptr;
    BOOST_TEST(::unlink((where / "to/file").c_str()) == 0);
    BOOST_TEST(copy_and_stop().error == errno_code(ECANCELED));
    BOOST_TEST(names_in(where / "to").empty());
}

BOOST_AUTO_TEST_CASE(what_takes_a_name_meanwhile_is_not_replaced_by_an_atomic_copy)
{
    make_file(where / "from/file", std::string(1 << 20, 'x'));
    options.atomic = true;
    options.method = copy_method::read_write;
    options.buffer_size = 4096;
    options.progress_interval = 0ms;
    options.on_progress = [&](const copy_progress& progress)
    {
        if (progress.path == "file" && !exists(where / "to/file"))
            make_file(where / "to/file", "precious");
    };
    const auto result = copy();
    BOOST_TEST(result.only_failure("file", EEXIST), result);
    BOOST_TEST(content_of(where / "to/file") == "precious");
}

BOOST_AUTO_TEST_CASE(backups_keep_what_is_replaced_or_removed)
{
    make_file(where / "from/file", "new");
    BOOST_REQUIRE_EQUAL(::symlink("new", (where / "from/link").c_str()), 0);
    make_dir(where / "from/was file");
    make_file(where / "from/was directory", "f");
    make_file(where / "to/file", "before");
    make_file(where / "to/file~", "long before");
    BOOST_REQUIRE_EQUAL(::symlink("before", (where / "to/link").c_str()), 0);
    make_file(where / "to/was file", "was file");
    make_dir(where / "to/was directory");
    make_file(where / "to/was directory/inner", "inner");
    make_file(where / "to/extraneous", "e");
    make_dir(where / "to/more");
    make_file(where / "to/more/file", "more");
    options.backup_suffix = "~";
    options.remove_extraneous = true;
    auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(content_of(where / "to/file") == "new");
    BOOST_TEST(content_of(where / "to/file~") == "before");
    BOOST_TEST(std::filesystem::read_symlink(where / "to/link~") == "before");
    BOOST_TEST(content_of(where / "to/was file~") == "was file");
    BOOST_TEST(content_of(where / "to/was directory~/inner") == "inner");
    BOOST_TEST(content_of(where / "to/extraneous~") == "e");
    BOOST_TEST(content_of(where / "to/more~/file") == "more");
    BOOST_TEST(result.report.removed == 2u);
    // Backups are not extraneous themselves.
    options.overwrite = overwrite_policy::different;
    result = copy();
    BOOST_TEST(result.report.removed == 0u);
    BOOST_TEST(exists(where / "to/extraneous~"));
}

BOOST_AUTO_TEST_CASE(where_no_backup_can_be_made_nothing_is_replaced)
{
    make_file(where / "from/file", "new");
    make_file(where / "to/file", "before");
    make_dir(where / "to/file~");
    make_file(where / "to/file~/inner", "in the way");
    const std::string longest(255, 'n');
    make_file(where / ("from/" + longest), "new");
    make_file(where / ("to/" + longest), "before");
    options.backup_suffix = "~";
    const auto result = copy();
    BOOST_TEST(result.report.errors == 2u, result);
    BOOST_TEST(content_of(where / "to/file") == "before");
    BOOST_TEST(content_of(where / ("to/" + longest)) == "before");
    BOOST_TEST((names_in(where / "to") == names{"file", "file~", longest}));
}

BOOST_AUTO_TEST_CASE(a_backup_lies_beside_what_it_was)
{
    make_file(where / "from/file", "new");
    make_dir(where / "to/file");
    options.backup_suffix = "/../../file";
    BOOST_TEST(copy().only_failure("", EINVAL));
    BOOST_TEST(test::copy_file(where / "from/file", where / "to/other", options).only_failure("", EINVAL));
    BOOST_TEST(!exists(where / "file"));
    BOOST_TEST(S_ISDIR(status_of(where / "to/file").st_mode));
}

BOOST_AUTO_TEST_CASE(files_are_written_in_place_if_asked_for)
{
    make_file(where / "from/shorter", "new");
    make_file(where / "to/shorter", "a longer text");
    make_file(where / "from/longer", std::string(100'000, 'n'), 0600);
    make_file(where / "to/longer", "short", 0644);
    // Holes have to be written, or the old content would show through.
    make_file(where / "from/holes", "");
    BOOST_REQUIRE_EQUAL(::truncate((where / "from/holes").c_str(), 1 << 20), 0);
    make_file(where / "to/holes", std::string(1 << 20, 'o'));
    make_file(where / "from/new", "new");
    for (const char* const name : {"shorter", "longer", "holes"})
    {
        set_mtime((where / "from/") + name, 1000);
        set_mtime((where / "to/") + name, 1000);
    }
    const auto number = status_of(where / "to/shorter").st_ino;
    BOOST_REQUIRE_EQUAL(::link((where / "to/longer").c_str(), (where / "other").c_str()), 0);
    options.in_place = true;
    auto result = copy();
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 4u);
    BOOST_TEST(status_of(where / "to/shorter").st_ino == number);
    BOOST_TEST((content_of(where / "other") == std::string(100'000, 'n')));
    for (const char* const name : {"shorter", "longer", "holes", "new"})
    {
        BOOST_TEST((content_of((where / "to/") + name) == content_of((where / "from/") + name)));
        const auto from = status_of((where / "from/") + name), to = status_of((where / "to/") + name);
        BOOST_TEST(to.st_mtim.tv_sec == from.st_mtim.tv_sec);
        BOOST_TEST(to.st_mode == from.st_mode);
    }

    // What is a name of its own source cannot be written into.
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/shorter").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::link((where / "from/shorter").c_str(), (where / "to/shorter").c_str()), 0);
    options.preserve = ~preserve_flags::links;
    BOOST_TEST(!copy().error);
    BOOST_TEST(content_of(where / "from/shorter") == "new");
    BOOST_TEST(status_of(where / "to/shorter").st_ino != status_of(where / "from/shorter").st_ino);

    // Entries of other kinds are replaced.
    make_dir(where / "outside");
    make_file(where / "outside/file", "outside");
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/new").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside/file").c_str(), (where / "to/new").c_str()), 0);
    BOOST_TEST(!copy().error);
    BOOST_TEST(content_of(where / "outside/file") == "outside");
    BOOST_TEST(content_of(where / "to/new") == "new");
}

BOOST_AUTO_TEST_CASE(part_of_a_new_file_stays_if_asked_for)
{
    make_file(where / "from/file", std::string(1 << 20, 'x'));
    set_mtime(where / "from/file", 1000);
    for (const bool atomic : {false, true})
    {
        options.keep_partial = true;
        options.atomic = atomic;
        BOOST_TEST(copy_and_stop().error == errno_code(ECANCELED));
        const auto size = status_of(where / "to/file").st_size;
        BOOST_TEST(size > 0);
        BOOST_TEST(size < 1 << 20);
        BOOST_TEST((names_in(where / "to") == names{"file"}));
        BOOST_REQUIRE_EQUAL(::unlink((where / "to/file").c_str()), 0);
    }
    // What is there is worth more than a part of what would replace it.
    make_file(where / "to/file", "before");
    BOOST_TEST(copy_and_stop().error == errno_code(ECANCELED));
    BOOST_TEST(content_of(where / "to/file") == "before");
    BOOST_TEST((names_in(where / "to") == names{"file"}));
    // The next run takes no part for the whole.
    options.keep_partial = true;
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/file").c_str()), 0);
    copy_and_stop();
    options.overwrite = overwrite_policy::different;
    BOOST_TEST(!copy().error);
    BOOST_TEST(status_of(where / "to/file").st_size == 1 << 20);
}

BOOST_AUTO_TEST_CASE(the_root_of_a_copy_takes_the_place_of_a_file)
{
    make_file(where / "from/file", "new");
    make_file(where / "elsewhere", "kept");
    for (const bool link : {false, true})
    {
        const std::string to = where / (link ? "link" : "other");
        if (link)
            BOOST_REQUIRE_EQUAL(::symlink("elsewhere", to.c_str()), 0);
        else
            make_file(to, "old");
        options = {};
        for (const overwrite_policy policy : {overwrite_policy::never, overwrite_policy::newer})
        {
            options.overwrite = policy;
            const auto refused = copy_tree(where / "from", to, options);
            BOOST_TEST(refused.only_failure("", ENOTDIR), refused);
            BOOST_TEST(!S_ISDIR(status_of(to).st_mode));
        }
        options.overwrite = overwrite_policy::different;
        options.backup_suffix = "~";
        const auto result = copy_tree(where / "from", to, options);
        BOOST_TEST(!result.error, result);
        BOOST_TEST(content_of(to + "/file") == "new");
        BOOST_TEST(content_of(to + "~") == (link ? "kept" : "old"));
        BOOST_TEST(S_ISLNK(status_of(to + "~").st_mode) == link);
    }
    BOOST_TEST(content_of(where / "elsewhere") == "kept");
}

BOOST_AUTO_TEST_SUITE_END()
