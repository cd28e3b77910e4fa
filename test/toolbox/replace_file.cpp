// SPDX-License-Identifier: BSL-1.0

// replace_file: the old file or the new one, whatever happens; what is kept; the order in which things reach the
// device.

#include "tree/support.hpp"

#include <asio_fs/acl.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/replace_file.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <sys/wait.h>

using namespace asio_fs;
using namespace asio_fs::test;
using boost::unit_test::precondition;
using detail::errno_code;

namespace {

std::size_t entries(const std::string& dir)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir), {}));
}

mode_t mode_of(const std::string& path) { return status_of(path).st_mode & 07777; }

std::string attribute(const std::string& path, const char* name)
{
    char value[1000];
    const ssize_t size = ::lgetxattr(path.c_str(), name, value, sizeof value);
    return size < 0 ? "none" : std::string(value, static_cast<std::size_t>(size));
}

// Both ways of writing the new file: without a name, and with a temporary one.
error_code replace(const std::string& path, std::string_view content, bool nameless,
                   const replace_file_options& options = {})
{
    const detail::stop_flag stop;
    return detail::replace_file_job({AT_FDCWD, path}, {asio::buffer(content)}, options, stop, nameless).run();
}

const auto ways = boost::unit_test::data::make({true, false});

// A process of its own, killed if it is not over after a while. Its exit status, or -1.
int in_child(std::function<int()> run, std::chrono::microseconds limit = std::chrono::seconds(60))
{
    const pid_t child = ::fork();
    BOOST_TEST_REQUIRE(child >= 0);
    if (child == 0)
        ::_exit(run());
    const auto end = std::chrono::steady_clock::now() + limit;
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) == 0)
    {
        if (std::chrono::steady_clock::now() >= end)
            ::kill(child, SIGKILL);
        else
            ::usleep(50);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct needs_strace
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        boost::test_tools::assertion_result result(std::system("strace -o /dev/null true >/dev/null 2>&1") ==
                                                   0);
        result.message() << "strace is not installed, or may not trace";
        return result;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(replace_file_)

BOOST_DATA_TEST_CASE(makes_a_new_file, ways, nameless)
{
    scratch where;
    const mode_t before = ::umask(026);
    BOOST_TEST(!replace(where / "f", "content", nameless));
    BOOST_TEST(!replace(where / "g", "", nameless, {.mode = 0600, .sync_file = false, .sync_dir = false}));
    ::umask(before);
    BOOST_TEST(content_of(where / "f") == "content");
    BOOST_TEST(mode_of(where / "f") == 0640u);
    BOOST_TEST(content_of(where / "g") == "");
    BOOST_TEST(mode_of(where / "g") == 0600u);
    BOOST_TEST(entries(where.path()) == 2u);
    BOOST_TEST(status_of(where / "f").st_nlink == 1u);
}

BOOST_DATA_TEST_CASE(replaces_a_file_and_keeps_what_belongs_to_it, ways, nameless)
{
    scratch where;
    make_file(where / "f", "old", 04751);
    BOOST_REQUIRE_EQUAL(::link((where / "f").c_str(), (where / "other").c_str()), 0);
    const bool attributes = ::setxattr((where / "f").c_str(), "user.a", "value", 5, 0) == 0;
    BOOST_TEST(!replace(where / "f", "new content", nameless));
    BOOST_TEST(content_of(where / "f") == "new content");
    BOOST_TEST(mode_of(where / "f") == 0751u); // new content does not run with the owner's rights
    BOOST_TEST(attribute(where / "f", "user.a") == (attributes ? "value" : "none"));
    BOOST_TEST(content_of(where / "other") == "old");
    BOOST_TEST(mode_of(where / "other") == 04751u);
    BOOST_TEST(entries(where.path()) == 2u);
    const mode_t before = ::umask(022);
    BOOST_TEST(
        !replace(where / "f", "x", nameless, {.mode = 0606, .keep_mode = false, .keep_xattrs = false}));
    ::umask(before);
    BOOST_TEST(mode_of(where / "f") == 0604u);
    BOOST_TEST(attribute(where / "f", "user.a") == "none");
}

BOOST_DATA_TEST_CASE(keeps_access_control_lists, ways, nameless)
{
    scratch where;
    make_file(where / "with", "old");
    make_file(where / "without", "old", 0640);
    const auto list = acl::from_text("u::rw,u:12345:r,g::-,m::r,o::-").to_xattr();
    const std::string value(list.begin(), list.end());
    const char* const access = "system.posix_acl_access";
    if (::setxattr((where / "with").c_str(), access, list.data(), list.size(), 0) != 0 ||
        ::setxattr(where.path().c_str(), "system.posix_acl_default", list.data(), list.size(), 0) != 0)
    {
        BOOST_TEST_MESSAGE("skipped: the file system has no access control lists");
        return;
    }
    BOOST_TEST(!replace(where / "with", "new", nameless));
    BOOST_TEST(attribute(where / "with", access) == value);
    // The directory would give it one.
    BOOST_TEST(!replace(where / "without", "new", nameless));
    BOOST_TEST(attribute(where / "without", access) == "none");
    BOOST_TEST(mode_of(where / "without") == 0640u);
    BOOST_TEST(!replace(where / "fresh", "new", nameless));
    BOOST_TEST(attribute(where / "fresh", access) != "none");
}

BOOST_DATA_TEST_CASE(keeps_the_owner, ways, nameless)
{
    if (::geteuid() != 0)
    {
        BOOST_TEST_MESSAGE("skipped: only root can give files away");
        return;
    }
    scratch where;
    make_file(where / "f", "old", 0600);
    BOOST_REQUIRE_EQUAL(::chown((where / "f").c_str(), 1234, 5678), 0);
    const std::string capability("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    BOOST_REQUIRE_EQUAL(
        ::setxattr((where / "f").c_str(), "security.capability", capability.data(), capability.size(), 0), 0);
    BOOST_TEST(!replace(where / "f", "new", nameless));
    BOOST_TEST(status_of(where / "f").st_uid == 1234u);
    BOOST_TEST(status_of(where / "f").st_gid == 5678u);
    BOOST_TEST(mode_of(where / "f") == 0600u);
    BOOST_TEST(attribute(where / "f", "security.capability") == "none");
    BOOST_TEST(!replace(where / "f", "new", nameless, {.keep_owner = false}));
    BOOST_TEST(status_of(where / "f").st_uid == ::geteuid());
}

BOOST_AUTO_TEST_CASE(what_must_not_be_kept_or_written_is_an_error, *precondition(as_root()))
{
    scratch where;
    BOOST_REQUIRE_EQUAL(::chmod(where.path().c_str(), 0777), 0);
    make_file(where / "f", "old");
    make_dir(where / "closed", 0755);
    const int status = in_child(
        [&]
        {
            if (::setgid(65534) != 0 || ::setuid(65534) != 0)
                return 1;
            for (const bool nameless : {true, false})
            {
                if (replace(where / "f", "new", nameless) != errno_code(EPERM))
                    return 2;
                if (replace(where / "closed/f", "new", nameless) != errno_code(EACCES))
                    return 3;
                // Its own files, which need no privilege on the way.
                if (replace(where / "own", "1", nameless) || replace(where / "own", "2", nameless))
                    return 4;
            }
            return replace(where / "f", "new", true, {.keep_owner = false}) ? 5 : 0;
        });
    BOOST_TEST(status == 0);
    BOOST_TEST(content_of(where / "f") == "new");
    BOOST_TEST(content_of(where / "own") == "2");
    BOOST_TEST(entries(where.path()) == 3u);
}

BOOST_DATA_TEST_CASE(other_things_of_that_name, ways, nameless)
{
    scratch where;
    make_dir(where / "d");
    make_file(where / "file", "f");
    BOOST_REQUIRE_EQUAL(::symlink("file", (where / "link").c_str()), 0);
    for (const char* path : {"d", "d/", "d/.", "d/..", "new/"})
        BOOST_TEST(replace(where / path, "x", nameless) == errno_code(EISDIR), path);
    BOOST_TEST(replace("", "x", nameless) == errno_code(ENOENT));
    BOOST_TEST(replace("/", "x", nameless) == errno_code(EISDIR));
    BOOST_TEST(replace(where / "no/f", "x", nameless) == errno_code(ENOENT));
    BOOST_TEST(replace(where / "file/f", "x", nameless) == errno_code(ENOTDIR));
    BOOST_TEST(replace(where / std::string(300, 'n'), "x", nameless) == errno_code(ENAMETOOLONG));
    const mode_t before = ::umask(022);
    BOOST_TEST(!replace(where / "link", "x", nameless));
    BOOST_TEST(!replace(where / std::string(255, 'n'), "1", nameless));
    BOOST_TEST(!replace(where / std::string(255, 'n'), "2", nameless));
    ::umask(before);
    BOOST_TEST(S_ISREG(status_of(where / "link").st_mode));
    BOOST_TEST(mode_of(where / "link") == 0644u);
    BOOST_TEST(content_of(where / "file") == "f");
    BOOST_TEST(content_of(where / std::string(255, 'n')) == "2");
    BOOST_TEST(entries(where.path()) == 4u);
}

BOOST_AUTO_TEST_CASE(many_buffers)
{
    scratch where;
    std::string expected;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i != 300; ++i)
        parts.push_back(std::string(i * 7 % 1000, static_cast<char>('a' + i % 26)));
    parts[3] = "";
    parts[100] = std::string(20 << 20, 'x'); // more than is written at once
    parts[299] = "";
    std::vector<asio::const_buffer> buffers;
    for (const std::string& part : parts)
    {
        expected += part;
        buffers.push_back(asio::buffer(part));
    }
    replace_file(where / "f", buffers);
    BOOST_TEST((content_of(where / "f") == expected));
    replace_file(where / "f", std::vector<asio::const_buffer>());
    BOOST_TEST(content_of(where / "f") == "");
}

BOOST_DATA_TEST_CASE(no_space_leaves_the_old_file, ways, nameless)
{
    scratch where;
    make_dir(where / "small");
    if (::mount("tmpfs", (where / "small").c_str(), "tmpfs", 0, "size=64k") != 0)
    {
        BOOST_TEST_MESSAGE("skipped: mount(2) is not permitted");
        return;
    }
    make_file(where / "small/f", "old");
    BOOST_TEST(replace(where / "small/f", std::string(100000, 'x'), nameless) == errno_code(ENOSPC));
    BOOST_TEST(replace(where / "small/g", std::string(100000, 'x'), nameless) == errno_code(ENOSPC));
    BOOST_TEST(content_of(where / "small/f") == "old");
    BOOST_TEST(entries(where / "small") == 1u);
    BOOST_TEST(!replace(where / "small/f", std::string(30000, 'x'), nameless));
    BOOST_TEST(content_of(where / "small/f") == std::string(30000, 'x'));
    ::umount2((where / "small").c_str(), MNT_DETACH);
}

BOOST_DATA_TEST_CASE(cancelled_leaves_the_old_file, ways, nameless)
{
    scratch where;
    make_file(where / "f", "old");
    detail::stop_flag stop;
    stop.request_stop();
    for (const std::string_view content : {"", "new"})
    {
        detail::replace_file_job job({AT_FDCWD, where / "f"}, {asio::buffer(content)}, replace_file_options(),
                                     stop, nameless);
        BOOST_TEST(job.run() == errno_code(ECANCELED));
    }
    BOOST_TEST(content_of(where / "f") == "old");
    BOOST_TEST(entries(where.path()) == 1u);
}

BOOST_AUTO_TEST_CASE(in_three_forms)
{
    scratch where;
    asio::io_context ctx;
    extended_dir dir(ctx, where.path());
    replace_file({dir, "f"}, asio::buffer("1", 1));
    BOOST_TEST(content_of(where / "f") == "1");
    error_code ec = asio::error::would_block;
    replace_file({dir, "f"}, asio::buffer("2", 1), {}, ec);
    BOOST_TEST(!ec);
    BOOST_TEST(content_of(where / "f") == "2");
    ec = asio::error::would_block;
    async_replace_file(ctx, {dir, "f"}, asio::buffer("3", 1), {}, [&](error_code e) { ec = e; });
    dir.close();
    BOOST_TEST(ec == asio::error::would_block);
    ctx.run();
    BOOST_TEST(!ec);
    BOOST_TEST(content_of(where / "f") == "3");
    auto failed =
        async_replace_file(ctx.get_executor(), {dir, "f"}, asio::buffer("4", 1), {}, asio::use_future);
    ctx.restart();
    ctx.run();
    BOOST_CHECK_THROW(failed.get(), system_error);
    BOOST_CHECK_EXCEPTION(replace_file(where / "no/f", asio::buffer("5", 1)), system_error,
                          [&](const system_error& e)
                          { return std::string_view(e.what()).find("no/f") != std::string_view::npos; });
}

// Killed at random moments. The page cache survives that, so it is the order of the steps that is tested.
BOOST_DATA_TEST_CASE(killed_at_any_time, ways, nameless)
{
    scratch where(in_memory());
    const std::string a(300000, 'a'), b(200000, 'b');
    make_file(where / "f", a);
    std::mt19937 random(1);
    int replaced = 0;
    for (int round = 0; round != 60; ++round)
    {
        const std::chrono::microseconds limit(random() % 6000);
        BOOST_TEST(in_child(
                       [&]
                       {
                           for (;;)
                           {
                               if (replace(where / "f", a, nameless) || replace(where / "f", b, nameless))
                                   return 1;
                           }
                       },
                       limit) == -1);
        const std::string content = content_of(where / "f");
        BOOST_TEST_REQUIRE((content == a || content == b));
        replaced += content == b;
    }
    BOOST_TEST(replaced > 0);
}

// Run by the next one.
BOOST_AUTO_TEST_CASE(traced)
{
    scratch where;
    replace_file(where / "traced", asio::buffer("1", 1));
    replace_file(where / "traced", asio::buffer("2", 1));
    BOOST_TEST(content_of(where / "traced") == "2");
}

BOOST_AUTO_TEST_CASE(the_content_is_on_the_device_before_the_name, *precondition(needs_strace()))
{
    scratch where;
    const std::string self = boost::unit_test::framework::master_test_suite().argv[0];
    // Leaks are looked for by other tests: the checker cannot work while somebody else traces.
    const std::string command =
        "ASAN_OPTIONS=\"${ASAN_OPTIONS:-}:detect_leaks=0\" strace -o " + (where / "trace") +
        " -e trace=openat,writev,linkat,rename,renameat,renameat2,fsync,fdatasync,unlinkat " + self +
        " --run_test=replace_file_/traced >/dev/null 2>&1";
    BOOST_TEST_REQUIRE(std::system(command.c_str()) == 0);
    std::ifstream trace(where / "trace");
    std::string steps; // since the first file without a name
    for (std::string line; std::getline(trace, line);)
    {
        if (line.find("O_TMPFILE") != line.npos)
            steps += line.find("= -1") == line.npos ? "tmpfile " : "no_tmpfile ";
        for (const std::string_view step : {"writev", "fsync", "linkat", "renameat"})
        {
            // Without the right to link by descriptor, the first attempt is in vain.
            if (!steps.empty() && line.starts_with(std::string(step) + "(") &&
                line.find("ENOENT") == line.npos)
                steps.append(step).append(" ");
        }
    }
    if (steps.find("no_tmpfile") != steps.npos)
    {
        BOOST_TEST_MESSAGE("skipped: the file system has no O_TMPFILE");
        return;
    }
    BOOST_TEST(
        steps.starts_with("tmpfile writev fsync linkat fsync tmpfile writev fsync linkat renameat fsync "),
        steps);
}

BOOST_AUTO_TEST_SUITE_END()
