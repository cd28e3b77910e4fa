// SPDX-License-Identifier: BSL-1.0

// Rows of the table: the properties of an inode, by descriptor and by path.

#include "op/runner.hpp"

#include <asio_fs/op/all.hpp>

#include <sys/vfs.h>

#include <ctime>

using namespace asio_fs;
using namespace asio_fs::test;

// A namespace with a name: alone, these functions would be ambiguous with the system calls.
namespace rows {
namespace {

constexpr timespec t1{1000000000, 123456789};
constexpr timespec t2{1500000000, 987654321};

bool operator==(const timespec& a, const timespec& b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

// A symbolic link "link" to a file "f".
void make_link(const scratch& s)
{
    s.file("f");
    BOOST_TEST_REQUIRE(::symlinkat("f", s.dir(), "link") == 0);
}

void statx(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    make_link(s);
    const auto by_fd = run(op::statx{fd.get()});
    BOOST_TEST(!by_fd.ec);
    BOOST_TEST(by_fd.value.size() == 7u);
    BOOST_TEST(by_fd.value.ino() == s.stat("f").st_ino);
    BOOST_TEST(run(op::statx{s.dir(), "link", at_flags::none}).value.is_regular());
    BOOST_TEST(run(op::statx{s.dir(), "link", at_flags::symlink_nofollow}).value.is_symlink());
    const auto missing = run(op::statx{s.dir(), "missing", at_flags::none});
    BOOST_TEST(missing.ec == system_error_code(ENOENT));
    BOOST_TEST((missing.value.mask() == statx_mask::none));
    BOOST_TEST(run(op::statx{s.dir(), "", at_flags::none}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::statx{-1}).ec == system_error_code(EBADF));
}

void statfs(runner& run, const scratch& s)
{
    struct ::statfs expected;
    BOOST_TEST_REQUIRE(::fstatfs(s.dir(), &expected) == 0);
    const auto got = run(op::statfs{s.dir()});
    BOOST_TEST(!got.ec);
    BOOST_TEST(got.value.f_type == expected.f_type);
    BOOST_TEST(got.value.f_blocks == expected.f_blocks);
    BOOST_TEST(run(op::statfs{-1}).ec == system_error_code(EBADF));
}

void fchmod(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST(!run(op::fchmod{fd.get(), 04751}).ec);
    BOOST_TEST((s.stat("f").st_mode & 07777u) == 04751u);
    BOOST_TEST(run(op::fchmod{-1, 0}).ec == system_error_code(EBADF));
}

void fchmodat(runner& run, const scratch& s)
{
    make_link(s);
    BOOST_TEST(!run(op::fchmodat{s.dir(), "link", 0700}).ec);
    BOOST_TEST((s.stat("f").st_mode & 07777u) == 0700u);
    BOOST_TEST(!run(op::fchmodat{s.dir(), "f", 0711, at_flags::symlink_nofollow}).ec);
    BOOST_TEST((s.stat("f").st_mode & 07777u) == 0711u);
    BOOST_TEST(run(op::fchmodat{s.dir(), "link", 0,
        at_flags::symlink_nofollow}).ec == system_error_code(EOPNOTSUPP));
    BOOST_TEST(run(op::fchmodat{s.dir(), "missing", 0}).ec == system_error_code(ENOENT));
}

void fchown(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    if (::geteuid() == 0)
    {
        BOOST_TEST(!run(op::fchown{fd.get(), 12, 34}).ec);
        BOOST_TEST(!run(op::fchown{fd.get(), uid_t(-1), 35}).ec);
        BOOST_TEST(s.stat("f").st_uid == 12u);
        BOOST_TEST(s.stat("f").st_gid == 35u);
    }
    BOOST_TEST(!run(op::fchown{fd.get(), uid_t(-1), gid_t(-1)}).ec);
    BOOST_TEST(run(op::fchown{-1, 0, 0}).ec == system_error_code(EBADF));
}

void fchownat(runner& run, const scratch& s)
{
    make_link(s);
    if (::geteuid() == 0)
    {
        BOOST_TEST(!run(op::fchownat{s.dir(), "link", 12, 34}).ec);
        BOOST_TEST(!run(op::fchownat{s.dir(), "link", 56, 78, at_flags::symlink_nofollow}).ec);
        BOOST_TEST(s.stat("f").st_uid == 12u);
        BOOST_TEST(s.stat("link").st_gid == 78u);
    }
    BOOST_TEST(!run(op::fchownat{s.dir(), "f", uid_t(-1), gid_t(-1)}).ec);
    BOOST_TEST(run(op::fchownat{s.dir(), "missing", uid_t(-1), gid_t(-1)}).ec == system_error_code(ENOENT));
}

void futimens(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST(!run(op::futimens{fd.get(), {.atime = t1, .mtime = t2}}).ec);
    BOOST_TEST((s.stat("f").st_atim == t1));
    BOOST_TEST((s.stat("f").st_mtim == t2));
    BOOST_TEST(run(op::futimens{fd.get(), {.atime = {0, 1000000000}}}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::futimens{-1, {}}).ec == system_error_code(EBADF));
}

void utimensat(runner& run, const scratch& s)
{
    make_link(s);
    BOOST_TEST(!run(op::utimensat{s.dir(), "link", {.atime = t1, .mtime = t2}}).ec);
    BOOST_TEST((s.stat("f").st_mtim == t2));
    BOOST_TEST(!run(op::utimensat{s.dir(), "link", {.mtime = t1}, at_flags::symlink_nofollow}).ec);
    BOOST_TEST((s.stat("f").st_mtim == t2));
    BOOST_TEST((s.stat("link").st_mtim == t1));
    BOOST_TEST(run(op::utimensat{s.dir(), "missing", {.mtime = t1}}).ec == system_error_code(ENOENT));
}

} // namespace
} // namespace rows

std::vector<row> asio_fs::test::inode_rows()
{
    return {
        {"statx", &rows::statx},
        {"statfs", &rows::statfs},
        {"fchmod", &rows::fchmod},
        {"fchmodat", &rows::fchmodat},
        {"fchown", &rows::fchown},
        {"fchownat", &rows::fchownat},
        {"futimens", &rows::futimens},
        {"utimensat", &rows::utimensat},
    };
}
