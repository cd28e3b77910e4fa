// SPDX-License-Identifier: BSL-1.0

// create_directories: what mkdir -p does, limits on the way, errors that say where.

#include "tree/support.hpp"

#include <asio_fs/create_directories.hpp>
#include <asio_fs/extended_dir.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using detail::errno_code;

namespace {

bool is_directory(const std::string& path) { return exists(path) && S_ISDIR(status_of(path).st_mode); }

// Whether it fails with this error, at this part of the path.
bool fails(const dir_path& path, const create_directories_options& options, std::string_view part, int error)
{
    error_code ec;
    const create_directories_report report = create_directories(path, options, ec);
    BOOST_TEST_MESSAGE(report.failure.path << ": " << report.failure.step << ": " << ec.message());
    return ec == errno_code(error) && report.failure.code == ec && report.failure.path == part &&
           !report.failure.step.empty();
}

} // namespace

BOOST_AUTO_TEST_SUITE(create_directories_)

BOOST_AUTO_TEST_CASE(every_missing_level)
{
    scratch where;
    error_code ec = asio::error::would_block;
    const mode_t before = ::umask(027);
    BOOST_TEST(create_directories(where / "a/b//c/", {}, ec).created == 3u);
    ::umask(before);
    BOOST_TEST(!ec);
    BOOST_TEST((status_of(where / "a/b/c").st_mode & 07777) == 0750u);
    BOOST_TEST((status_of(where / "a").st_mode & 07777) == 0750u);
    BOOST_TEST(create_directories(where / "a/b/c").created == 0u);
    BOOST_TEST(create_directories(where / "a/b/d", {.mode = 0700}).created == 1u);
    BOOST_TEST((status_of(where / "a/b/d").st_mode & 07777) == 0700u);
    BOOST_TEST(create_directories(where / "x/../y/./z").created == 3u);
    BOOST_TEST(is_directory(where / "y/z"));
    BOOST_TEST(create_directories("/").created == 0u);
    BOOST_TEST(create_directories(".").created == 0u);
}

BOOST_AUTO_TEST_CASE(relative_to_a_directory)
{
    scratch where;
    asio::io_context ctx;
    extended_dir dir(ctx, where.path());
    BOOST_TEST(create_directories({dir, "a/b"}).created == 2u);
    BOOST_TEST(is_directory(where / "a/b"));
    bool called = false;
    async_create_directories(ctx, {dir, "a/c/d"}, {},
                             [&](error_code ec, const create_directories_report& report)
                             {
                                 called = true;
                                 BOOST_TEST(!ec);
                                 BOOST_TEST(report.created == 2u);
                             });
    dir.close();
    BOOST_TEST(!called);
    ctx.run();
    BOOST_TEST(called);
    BOOST_TEST(is_directory(where / "a/c/d"));
    error_code ec;
    create_directories({dir, "e"}, {}, ec);
    BOOST_TEST(ec == errno_code(EBADF));
}

BOOST_AUTO_TEST_CASE(links_are_followed)
{
    scratch where;
    make_dir(where / "real");
    BOOST_REQUIRE_EQUAL(::symlink("real", (where / "link").c_str()), 0);
    BOOST_TEST(create_directories(where / "link/a").created == 1u);
    BOOST_TEST(is_directory(where / "real/a"));
    BOOST_TEST(create_directories(where / "link").created == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_in_the_way_is_named)
{
    scratch where;
    make_file(where / "file", "x");
    make_dir(where / "d");
    BOOST_REQUIRE_EQUAL(::symlink("nowhere", (where / "d/dangling").c_str()), 0);
    BOOST_TEST(fails(where / "file", {}, where / "file", ENOTDIR));
    BOOST_TEST(fails(where / "d/../file/a/b", {}, where / "d/../file", ENOTDIR));
    BOOST_TEST(fails(where / "d/dangling/a", {}, where / "d/dangling", EEXIST));
    BOOST_TEST(fails("", {}, "", ENOENT));
    BOOST_TEST(fails(where / ("d/" + std::string(300, 'n')), {}, where / ("d/" + std::string(300, 'n')),
                     ENAMETOOLONG));
    BOOST_TEST(content_of(where / "file") == "x");
    BOOST_CHECK_EXCEPTION(
        create_directories(where / "file/a"), system_error,
        [&](const system_error& e)
        { return std::string_view(e.what()).find("\"" + where / "file" + "\"") != std::string_view::npos; });
    // What was made before the error stays, and is counted.
    error_code ec;
    const std::string long_name(300, 'n');
    BOOST_TEST(create_directories(where / ("new/" + long_name), {}, ec).created == 1u);
    BOOST_TEST(ec == errno_code(ENAMETOOLONG));
    BOOST_TEST(is_directory(where / "new"));
}

BOOST_AUTO_TEST_CASE(no_way_out)
{
    scratch where;
    make_dir(where / "root");
    make_dir(where / "outside");
    BOOST_REQUIRE_EQUAL(::symlink("../outside", (where / "root/out").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink("/", (where / "root/slash").c_str()), 0);
    asio::io_context ctx;
    extended_dir root(ctx, where / "root");
    const create_directories_options beneath{.resolve = resolve_flags::beneath};
    BOOST_TEST(fails({root, "out/a"}, beneath, "out", EXDEV));
    BOOST_TEST(fails({root, "../a"}, beneath, "..", EXDEV));
    BOOST_TEST(fails({root, "new/../../a"}, beneath, "new/../..", EXDEV));
    BOOST_TEST(fails({root, where / "a"}, beneath, "/", EXDEV));
    BOOST_TEST(fails({root, "out/a"}, {.resolve = resolve_flags::no_symlinks}, "out", ELOOP));
    BOOST_TEST(create_directories({root, "in/a/../b"}, beneath).created == 3u);
    BOOST_TEST(is_directory(where / "root/in/b"));
    // The directory as the root: absolute links and paths stay in it.
    const create_directories_options in_root{.resolve = resolve_flags::in_root};
    BOOST_TEST(create_directories({root, "slash/s"}, in_root).created == 1u);
    BOOST_TEST(is_directory(where / "root/s"));
    BOOST_TEST(create_directories({root, "/../t/u"}, in_root).created == 2u);
    BOOST_TEST(is_directory(where / "root/t/u"));
    BOOST_TEST(!exists(where / "outside/a"));
    BOOST_TEST(!exists(where / "a"));
}

BOOST_AUTO_TEST_CASE(several_at_the_same_time)
{
    scratch where;
    std::atomic<std::size_t> created = 0, failed = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back(
            [&]
            {
                for (int i = 0; i != 100; ++i)
                {
                    error_code ec;
                    created += create_directories(where / (std::to_string(i) + "/a/b"), {}, ec).created;
                    failed += !!ec;
                }
            });
    for (std::thread& t : threads)
        t.join();
    BOOST_TEST(failed == 0u);
    BOOST_TEST(created == 300u);
}

BOOST_AUTO_TEST_CASE(stops_when_asked)
{
    scratch where;
    detail::stop_flag stop;
    stop.request_stop();
    create_directories_report report;
    detail::create_directories_job job({AT_FDCWD, where / "a/b"}, {}, stop);
    BOOST_TEST(job.run(report) == errno_code(ECANCELED));
    BOOST_TEST(report.created == 0u);
    BOOST_TEST(!exists(where / "a"));
}

BOOST_AUTO_TEST_SUITE_END()
