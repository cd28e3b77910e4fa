// SPDX-License-Identifier: BSL-1.0
#include "small_file_system.hpp"
#include "support.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <linux/fs.h>
#include <sys/ioctl.h>

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
using boost::unit_test::precondition;

namespace {

void make_tree(const std::string& root)
{
    make_dir(root);
    for (int d = 0; d < 30; ++d)
    {
        const std::string dir = root + "/" + std::to_string(d);
        make_dir(dir);
        make_dir(dir + "/empty");
        for (int f = 0; f < 10; ++f)
            make_file(dir + "/" + std::to_string(f), "f");
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(remove_tree_)

BOOST_DATA_TEST_CASE(removes_everything, boost::unit_test::data::make({1u, 2u, 5u}), workers)
{
    scratch where(in_memory());
    make_tree(where / "root");
    remove_options options;
    options.workers = workers;
    std::size_t entries = 0;
    options.on_entry = [&](std::string_view, entry_type) { ++entries; };
    const auto result = remove_tree(where / "root", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 300u);
    BOOST_TEST(result.report.directories == 61u);
    BOOST_TEST(entries == 361u);
    BOOST_TEST(!exists(where / "root"));
}

BOOST_AUTO_TEST_CASE(a_root_may_be_anything_and_a_link_is_removed_itself)
{
    scratch where;
    make_dir(where / "dir");
    make_file(where / "dir/file", "f");
    BOOST_REQUIRE_EQUAL(::symlink("dir", (where / "link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink("..", (where / "dir/up").c_str()), 0);
    BOOST_TEST(remove_tree(where / "link/").only_failure("", ENOTDIR));
    BOOST_TEST(!remove_tree(where / "link").error);
    BOOST_TEST(!exists(where / "link"));
    BOOST_TEST(exists(where / "dir/file"));
    BOOST_TEST(!remove_tree(where / "dir/file").error);
    BOOST_TEST(!remove_tree(where / "dir/").error);
    BOOST_TEST(exists(where.path()));
    BOOST_TEST(remove_tree(where / "dir").only_failure("", ENOENT));
}

BOOST_AUTO_TEST_CASE(what_must_not_be_removed_is_refused)
{
    scratch where;
    make_dir(where / "dir");
    for (const std::string& path :
         {std::string("/"), std::string("//"), std::string(), std::string("."), std::string(".."),
          where / "dir/.", where / "dir/..", where / "dir/./", where / "dir/../"})
        BOOST_TEST(remove_tree(path).only_failure("", EINVAL), path);
    BOOST_TEST(exists(where / "dir"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_removed_does_not_stop_the_rest, *precondition(as_root()))
{
    scratch where;
    make_tree(where / "root");
    const auto set_immutable = [&](const char* name, int on)
    {
        const unique_fd fd{::open((where / name).c_str(), O_RDONLY | O_CLOEXEC)};
        int flags = 0;
        if (::ioctl(fd.get(), FS_IOC_GETFLAGS, &flags) != 0)
            return false;
        flags = on ? flags | FS_IMMUTABLE_FL : flags & ~FS_IMMUTABLE_FL;
        return ::ioctl(fd.get(), FS_IOC_SETFLAGS, &flags) == 0;
    };
    if (!set_immutable("root/7/3", 1))
    {
        BOOST_TEST_MESSAGE("files cannot be made immutable here");
        return;
    }
    const auto result = remove_tree(where / "root");
    set_immutable("root/7/3", 0);
    BOOST_TEST(result.only_failure("7/3", EPERM), result);
    BOOST_TEST(result.report.files == 299u);
    BOOST_TEST(result.report.directories == 59u);
    BOOST_TEST(!exists(where / "root/8"));
    BOOST_TEST(!exists(where / "root/7/empty"));
}

BOOST_AUTO_TEST_CASE(a_dry_run_removes_nothing)
{
    scratch where;
    make_tree(where / "root");
    remove_options options;
    options.dry_run = true;
    const auto result = remove_tree(where / "root", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 300u);
    BOOST_TEST(result.report.directories == 61u);
    BOOST_TEST(exists(where / "root/29/9"));
}

BOOST_AUTO_TEST_CASE(what_a_filter_protects_stays_with_the_way_to_it)
{
    scratch where;
    make_dir(where / "root");
    for (const char* const dir : {"root/keep", "root/keep/inner", "root/mixed", "root/gone"})
        make_dir(where / dir);
    for (const char* const file :
         {"root/keep/inner/file", "root/mixed/precious", "root/mixed/other", "root/gone/file"})
        make_file(where / file, "f");
    std::size_t asked_beneath = 0;
    remove_options options;
    options.filter = [&](std::string_view path, entry_type type)
    {
        asked_beneath += path.starts_with("keep/");
        BOOST_TEST((type == entry_type::directory) == (path.find('/') == path.npos));
        return path != "keep" && path != "mixed/precious";
    };
    const auto result = remove_tree(where / "root", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 2u);
    BOOST_TEST(result.report.directories == 1u);
    BOOST_TEST(asked_beneath == 0u);
    BOOST_TEST(exists(where / "root/keep/inner/file"));
    BOOST_TEST(exists(where / "root/mixed/precious"));
    BOOST_TEST(!exists(where / "root/mixed/other"));
    BOOST_TEST(!exists(where / "root/gone"));
}

BOOST_AUTO_TEST_CASE(other_file_systems_stay_with_the_way_to_them_if_asked_for, *precondition(can_mount()))
{
    for (unsigned workers : {1u, 4u})
    {
        scratch where;
        make_tree(where / "root");
        make_dir(where / "root/7/way");
        const small_file_system other(where / "root/7/way/other", "size=1m");
        BOOST_REQUIRE(other.mounted());
        make_dir(where / "root/7/way/other/dir");
        make_file(where / "root/7/way/other/dir/file", "f");
        remove_options options;
        options.workers = workers;
        options.one_file_system = true;
        auto result = remove_tree(where / "root", options);
        BOOST_TEST(!result.error, result);
        BOOST_TEST(result.report.files == 300u);
        BOOST_TEST(result.report.directories == 59u);
        BOOST_TEST(exists(where / "root/7/way/other/dir/file"));
        BOOST_TEST(!exists(where / "root/7/7"));
        // Which one is the own is the root's affair; what is mounted cannot be removed itself.
        result = remove_tree(where / "root/7/way/other", options);
        BOOST_TEST(result.only_failure("", EBUSY), result);
        BOOST_TEST(!exists(where / "root/7/way/other/dir"));
        make_file(where / "root/7/way/other/file", "f");
        options.one_file_system = false;
        result = remove_tree(where / "root", options);
        BOOST_TEST(result.only_failure("7/way/other", EBUSY), result);
        BOOST_TEST(!exists(where / "root/7/way/other/file"));
    }
}

BOOST_AUTO_TEST_CASE(a_stop_is_heeded)
{
    scratch where;
    make_tree(where / "root");
    detail::stop_flag stop;
    remove_options options;
    options.on_entry = [&](std::string_view, entry_type) { stop.request_stop(); };
    remove_report report;
    BOOST_TEST(detail::remove_tree_job({AT_FDCWD, where / "root"}, options, stop).run(report) ==
               errno_code(ECANCELED));
    BOOST_TEST(report.files < 300u);
    BOOST_TEST(exists(where / "root"));
}

BOOST_AUTO_TEST_SUITE_END()
