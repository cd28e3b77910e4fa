// SPDX-License-Identifier: BSL-1.0

// Rows of the table: names in directories.

#include "op/runner.hpp"

#include <asio_fs/op/all.hpp>

#include <sys/sysmacros.h>

#include <set>

using namespace asio_fs;
using namespace asio_fs::test;

// A namespace with a name: alone, these functions would be ambiguous with the system calls.
namespace rows {
namespace {

std::set<std::string> names_in(const dir_batch& batch)
{
    std::set<std::string> names;
    for (const dir_entry& e : batch)
        names.emplace(e.name);
    return names;
}

void readdir(runner& run, const scratch& s)
{
    s.file("f");
    BOOST_TEST_REQUIRE(::mkdirat(s.dir(), "d", 0700) == 0);
    dir_batch batch;
    const auto got = run(op::readdir{s.dir(), &batch});
    BOOST_TEST(!got.ec);
    BOOST_TEST(got.value == 2u);
    BOOST_TEST((names_in(batch) == std::set<std::string>{"d", "f"}));
    const auto end = run(op::readdir{s.dir(), &batch});
    BOOST_TEST(!end.ec);
    BOOST_TEST(end.value == 0u);
    BOOST_TEST(batch.empty());
    const unique_fd file = s.file("f");
    BOOST_TEST(run(op::readdir{file.get(), &batch}).ec == system_error_code(ENOTDIR));
    BOOST_TEST(run(op::readdir{-1, &batch}).ec == system_error_code(EBADF));
}

void rewinddir(runner& run, const scratch& s)
{
    s.file("f");
    dir_batch batch;
    for (int round = 0; round != 2; ++round)
    {
        BOOST_TEST(run(op::readdir{s.dir(), &batch}).value == 1u);
        BOOST_TEST(run(op::readdir{s.dir(), &batch}).value == 0u);
        BOOST_TEST(!run(op::rewinddir{s.dir()}).ec);
    }
    BOOST_TEST(run(op::rewinddir{-1}).ec == system_error_code(EBADF));
}

void mkdirat(runner& run, const scratch& s)
{
    BOOST_TEST(!run(op::mkdirat{s.dir(), "d", 0770}).ec);
    BOOST_TEST(s.stat("d").st_mode == (S_IFDIR | 0750u));
    BOOST_TEST(run(op::mkdirat{s.dir(), "d"}).ec == system_error_code(EEXIST));
    BOOST_TEST(run(op::mkdirat{s.dir(), "a/b"}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::mkdirat{s.dir(), std::string(256, 'x')}).ec == system_error_code(ENAMETOOLONG));
}

void unlinkat(runner& run, const scratch& s)
{
    s.file("f");
    BOOST_TEST_REQUIRE(::mkdirat(s.dir(), "d", 0700) == 0);
    BOOST_TEST(run(op::unlinkat{s.dir(), "d"}).ec == system_error_code(EISDIR));
    BOOST_TEST(run(op::unlinkat{s.dir(), "f", at_flags::remove_dir}).ec == system_error_code(ENOTDIR));
    BOOST_TEST(!run(op::unlinkat{s.dir(), "d", at_flags::remove_dir}).ec);
    BOOST_TEST(!run(op::unlinkat{s.dir(), "f"}).ec);
    BOOST_TEST(!s.exists("d"));
    BOOST_TEST(!s.exists("f"));
    BOOST_TEST(run(op::unlinkat{s.dir(), "f"}).ec == system_error_code(ENOENT));
}

void renameat(runner& run, const scratch& s)
{
    s.file("a", "of a");
    s.file("b", "of b");
    BOOST_TEST(run(op::renameat{s.dir(), "a", s.dir(), "b",
        rename_flags::no_replace}).ec == system_error_code(EEXIST));
    BOOST_TEST(!run(op::renameat{s.dir(), "a", s.dir(), "b", rename_flags::exchange}).ec);
    BOOST_TEST(s.content("a") == "of b");
    BOOST_TEST(!run(op::renameat{s.dir(), "a", s.dir(), "b"}).ec);
    BOOST_TEST(!s.exists("a"));
    BOOST_TEST(s.content("b") == "of b");
    BOOST_TEST(run(op::renameat{s.dir(), "a", s.dir(), "c"}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::renameat{s.dir(), "b", -1, "c"}).ec == system_error_code(EBADF));
}

void linkat(runner& run, const scratch& s)
{
    s.file("a");
    BOOST_TEST_REQUIRE(::symlinkat("a", s.dir(), "s") == 0);
    BOOST_TEST(!run(op::linkat{s.dir(), "a", s.dir(), "b"}).ec);
    BOOST_TEST(s.stat("a").st_ino == s.stat("b").st_ino);
    BOOST_TEST(!run(op::linkat{s.dir(), "s", s.dir(), "s2"}).ec);
    BOOST_TEST(S_ISLNK(s.stat("s2").st_mode));
    BOOST_TEST(!run(op::linkat{s.dir(), "s", s.dir(), "c", at_flags::symlink_follow}).ec);
    BOOST_TEST(s.stat("a").st_nlink == 3u);
    BOOST_TEST(run(op::linkat{s.dir(), "a", s.dir(), "b"}).ec == system_error_code(EEXIST));
}

void link_file(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("a");
    BOOST_TEST(!run(op::link_file{s.dir(), "b", fd.get()}).ec);
    BOOST_TEST(s.stat("a").st_ino == s.stat("b").st_ino);
    BOOST_TEST(run(op::link_file{s.dir(), "b", fd.get()}).ec == system_error_code(EEXIST));
    BOOST_TEST(run(op::link_file{s.dir(), "missing/b", fd.get()}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::link_file{s.dir(), "c", -1}).ec == system_error_code(EBADF));
    BOOST_TEST(run(op::link_file{s.dir(), std::string_view("a\0b", 3), fd.get()}).ec
        == system_error_code(EINVAL));
    // Once the last name is gone, there is no way back.
    BOOST_TEST_REQUIRE(::unlinkat(s.dir(), "a", 0) == 0);
    BOOST_TEST_REQUIRE(::unlinkat(s.dir(), "b", 0) == 0);
    BOOST_TEST(run(op::link_file{s.dir(), "c", fd.get()}).ec == system_error_code(ENOENT));
}

void symlinkat(runner& run, const scratch& s)
{
    const std::string target = "some\xff\n where";
    BOOST_TEST(!run(op::symlinkat{target, s.dir(), "l"}).ec);
    char text[64];
    const ssize_t n = ::readlinkat(s.dir(), "l", text, sizeof(text));
    BOOST_TEST_REQUIRE(n > 0);
    BOOST_TEST(std::string_view(text, static_cast<std::size_t>(n)) == target);
    BOOST_TEST(run(op::symlinkat{"x", s.dir(), "l"}).ec == system_error_code(EEXIST));
    BOOST_TEST(run(op::symlinkat{std::string_view("a\0b", 3), s.dir(), "m"}).ec == system_error_code(EINVAL));
}

void readlinkat(runner& run, const scratch& s)
{
    // Around the sizes at which the buffer grows.
    for (std::size_t length : {1u, 255u, 256u, 257u, 1000u, 1023u})
    {
        const std::string target(length, 'x');
        const std::string name = "l" + std::to_string(length);
        BOOST_TEST_REQUIRE(::symlinkat(target.c_str(), s.dir(), name.c_str()) == 0);
        const auto got = run(op::readlinkat{s.dir(), name});
        BOOST_TEST(!got.ec);
        BOOST_TEST(got.value == target);
    }
    s.file("f");
    BOOST_TEST(run(op::readlinkat{s.dir(), "f"}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::readlinkat{s.dir(), "no"}).ec == system_error_code(ENOENT));
}

void mknodat(runner& run, const scratch& s)
{
    BOOST_TEST(!run(op::mknodat{s.dir(), "sock", S_IFSOCK | 0666}).ec);
    BOOST_TEST(s.stat("sock").st_mode == (S_IFSOCK | 0644u));
    const auto device = run(op::mknodat{s.dir(), "null", S_IFCHR | 0600, ::makedev(1, 3)});
    if (!device.ec)
        BOOST_TEST(s.stat("null").st_rdev == ::makedev(1, 3));
    else
        BOOST_TEST(device.ec == system_error_code(EPERM));   // not root, or not in the first user namespace
    BOOST_TEST(run(op::mknodat{s.dir(), "sock", S_IFIFO | 0666}).ec == system_error_code(EEXIST));
}

void mkfifoat(runner& run, const scratch& s)
{
    BOOST_TEST(!run(op::mkfifoat{s.dir(), "fifo"}).ec);
    BOOST_TEST(s.stat("fifo").st_mode == (S_IFIFO | 0644u));
    BOOST_TEST(run(op::mkfifoat{s.dir(), "fifo"}).ec == system_error_code(EEXIST));
}

} // namespace
} // namespace rows

std::vector<row> asio_fs::test::name_rows()
{
    return {
        {"readdir", &rows::readdir},
        {"rewinddir", &rows::rewinddir},
        {"mkdirat", &rows::mkdirat},
        {"unlinkat", &rows::unlinkat},
        {"renameat", &rows::renameat},
        {"linkat", &rows::linkat},
        {"link_file", &rows::link_file},
        {"symlinkat", &rows::symlinkat},
        {"readlinkat", &rows::readlinkat},
        {"mknodat", &rows::mknodat},
        {"mkfifoat", &rows::mkfifoat},
    };
}
