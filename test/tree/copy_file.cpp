// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

using namespace asio_fs;
using namespace asio_fs::test;

BOOST_AUTO_TEST_SUITE(copy_file_)

BOOST_AUTO_TEST_CASE(copies_content_and_attributes)
{
    scratch where;
    make_file(where / "from", std::string(3 << 20, 'x'), 0640);
    set_mtime(where / "from", 1234);
    const auto result = copy_file(where / "from", where / "to");
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 1u);
    BOOST_TEST(result.report.bytes_copied + result.report.bytes_cloned == 3u << 20);
    BOOST_TEST((content_of(where / "to") == std::string(3 << 20, 'x')));
    BOOST_TEST((status_of(where / "to").st_mode & 07777) == 0640u);
    BOOST_TEST(status_of(where / "to").st_mtime == 1234);
}

BOOST_AUTO_TEST_CASE(a_link_is_followed_to_the_source_and_replaced_at_the_destination)
{
    scratch where;
    make_file(where / "from", "content");
    make_file(where / "other", "other");
    BOOST_REQUIRE_EQUAL(::symlink("from", (where / "link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink("other", (where / "to").c_str()), 0);
    BOOST_TEST(!copy_file(where / "link", where / "to").error);
    BOOST_TEST(S_ISREG(status_of(where / "to").st_mode));
    BOOST_TEST(content_of(where / "to") == "content");
    BOOST_TEST(content_of(where / "other") == "other");
}

BOOST_AUTO_TEST_CASE(other_things_than_files_are_refused)
{
    scratch where;
    make_dir(where / "dir");
    make_file(where / "file", "f");
    BOOST_REQUIRE_EQUAL(::mkfifo((where / "fifo").c_str(), 0600), 0);
    BOOST_TEST(copy_file(where / "dir", where / "to").only_failure("", EISDIR));
    BOOST_TEST(copy_file(where / "fifo", where / "to").only_failure("", EINVAL));
    BOOST_TEST(copy_file("/dev/zero", where / "to").only_failure("", EINVAL));
    BOOST_TEST(copy_file(where / "missing", where / "to").only_failure("", ENOENT));
    BOOST_TEST(copy_file(where / "file", where / "dir").only_failure("", EISDIR));
    BOOST_TEST(copy_file(where / "file", where / "dir/").only_failure("", EISDIR));
    BOOST_TEST(copy_file(where / "file", where / "file").only_failure("", EINVAL));
    BOOST_TEST(!exists(where / "to"));
}

BOOST_AUTO_TEST_CASE(locations_are_relative_to_descriptors)
{
    scratch where;
    make_dir(where / "a");
    make_dir(where / "b");
    make_file(where / "a/file", "f");
    const unique_fd a{::open((where / "a").c_str(), O_PATH | O_CLOEXEC)};
    const unique_fd b{::open((where / "b").c_str(), O_PATH | O_CLOEXEC)};
    detail::stop_flag stop;
    copy_report report;
    BOOST_TEST(!detail::copy_file_job({a.get(), "file"}, {b.get(), "copy"}, {}, stop).run(report));
    BOOST_TEST(content_of(where / "b/copy") == "f");
    BOOST_TEST(!detail::copy_tree_job({a.get(), ""}, {b.get(), "tree"}, {}, stop).run(report));
    BOOST_TEST(content_of(where / "b/tree/file") == "f");
    BOOST_TEST(!detail::copy_tree_job({a.get(), "."}, {b.get(), ""}, {}, stop).run(report));
    BOOST_TEST(content_of(where / "b/file") == "f");
}

BOOST_AUTO_TEST_CASE(cloning_is_all_or_nothing_if_asked_for)
{
    scratch where(in_memory()); // tmpfs cannot clone
    make_file(where / "from", "content");
    copy_options options;
    options.method = copy_method::reflink;
    const auto result = copy_file(where / "from", where / "to", options);
    BOOST_TEST(result.report.errors == 1u);
    BOOST_TEST(!exists(where / "to"));
}

BOOST_AUTO_TEST_SUITE_END()
