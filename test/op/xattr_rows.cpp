// SPDX-License-Identifier: BSL-1.0

// Rows of the table: extended attributes, by descriptor and by path.

#include "op/runner.hpp"

#include <asio_fs/detail/through_proc.hpp>
#include <asio_fs/op/all.hpp>
#include <asio_fs/xattr_names.hpp>

#include <sys/xattr.h>

#include <algorithm>
#include <array>
#include <string>

using namespace asio_fs;
using namespace asio_fs::test;

// A namespace with a name: alone, these functions would be ambiguous with the system calls.
namespace rows {
namespace {

// A file "f" with the attribute user.a = "value", and a symbolic link "link" to it. False, with a message,
// where the file system has no such attributes.
bool prepare(const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST_REQUIRE(::symlinkat("f", s.dir(), "link") == 0);
    if (::fsetxattr(fd.get(), "user.a", "value", 5, 0) == 0)
        return true;
    BOOST_TEST_MESSAGE("skipped: the file system has no user attributes");
    return false;
}

unique_fd open_file(const scratch& s) { return unique_fd(::openat(s.dir(), "f", O_RDWR | O_CLOEXEC)); }

bool lists(std::string_view list, std::string_view name)
{
    const xattr_names names(list.data(), list.size());
    return std::find(names.begin(), names.end(), name) != names.end();
}

void fgetxattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const unique_fd fd = open_file(s);
    std::array<char, 16> buffer{};
    const auto got = run(op::fgetxattr{fd.get(), "user.a", asio::buffer(buffer)});
    BOOST_TEST(!got.ec);
    BOOST_TEST(std::string_view(buffer.data(), got.value) == "value");
    BOOST_TEST(run(op::fgetxattr{fd.get(), "user.a", {}}).value == 5u);
    BOOST_TEST(run(op::fgetxattr{fd.get(), "user.a", asio::buffer(buffer,
        2)}).ec == system_error_code(ERANGE));
    BOOST_TEST(run(op::fgetxattr{fd.get(), "user.b", asio::buffer(buffer)}).ec == system_error_code(ENODATA));
    BOOST_TEST(run(op::fgetxattr{-1, "user.a", asio::buffer(buffer)}).ec == system_error_code(EBADF));
}

void fsetxattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const unique_fd fd = open_file(s);
    BOOST_TEST(!run(op::fsetxattr{fd.get(), "user.b", asio::buffer("x", 1)}).ec);
    BOOST_TEST(::fgetxattr(fd.get(), "user.b", nullptr, 0) == 1);
    BOOST_TEST(!run(op::fsetxattr{fd.get(), "user.b", {}, xattr_flags::replace}).ec);
    BOOST_TEST(::fgetxattr(fd.get(), "user.b", nullptr, 0) == 0);
    BOOST_TEST(run(op::fsetxattr{fd.get(), "user.a", {},
        xattr_flags::create}).ec == system_error_code(EEXIST));
    BOOST_TEST(run(op::fsetxattr{fd.get(), "user.c", {},
        xattr_flags::replace}).ec == system_error_code(ENODATA));
    BOOST_TEST(run(op::fsetxattr{-1, "user.a", {}}).ec == system_error_code(EBADF));
}

void flistxattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const unique_fd fd = open_file(s);
    std::array<char, 1024> buffer{};
    const auto got = run(op::flistxattr{fd.get(), asio::buffer(buffer)});
    BOOST_TEST(!got.ec);
    BOOST_TEST(lists({buffer.data(), got.value}, "user.a"));
    BOOST_TEST(run(op::flistxattr{fd.get(), {}}).value == got.value);
    BOOST_TEST(run(op::flistxattr{fd.get(), asio::buffer(buffer, 2)}).ec == system_error_code(ERANGE));
    BOOST_TEST(run(op::flistxattr{-1, asio::buffer(buffer)}).ec == system_error_code(EBADF));
}

void fremovexattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const unique_fd fd = open_file(s);
    BOOST_TEST(!run(op::fremovexattr{fd.get(), "user.a"}).ec);
    BOOST_TEST(::fgetxattr(fd.get(), "user.a", nullptr, 0) == -1);
    BOOST_TEST(run(op::fremovexattr{fd.get(), "user.a"}).ec == system_error_code(ENODATA));
    BOOST_TEST(run(op::fremovexattr{-1, "user.a"}).ec == system_error_code(EBADF));
}

// By path, user attributes are on what a symbolic link names; links themselves cannot have any.

void getxattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    std::array<char, 16> buffer{};
    for (const char* name : {"f", "link"})
    {
        const auto got = run(op::getxattr{s.dir(), name, "user.a", asio::buffer(buffer)});
        BOOST_TEST(!got.ec);
        BOOST_TEST(std::string_view(buffer.data(), got.value) == "value");
    }
    BOOST_TEST(run(op::getxattr{-1, s.files / "f", "user.a", {}}).value == 5u);
    BOOST_TEST(run(op::getxattr{AT_FDCWD, s.files / "f", "user.a", {}}).value == 5u);
    const unique_fd fd = open_file(s);
    BOOST_TEST(run(op::getxattr{fd.get(), "", "user.a", {}, at_flags::empty_path}).value == 5u);
    BOOST_TEST(bool(run(op::getxattr{s.dir(), "link", "user.a", {}, at_flags::symlink_nofollow}).ec));
    BOOST_TEST(run(op::getxattr{s.dir(), "f", "user.b", {}}).ec == system_error_code(ENODATA));
    BOOST_TEST(run(op::getxattr{s.dir(), "no", "user.a", {}}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::getxattr{s.dir(), "", "user.a", {}}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::getxattr{-1, "f", "user.a", {}}).ec == system_error_code(EBADF));
}

void setxattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    BOOST_TEST(!run(op::setxattr{s.dir(), "link", "user.b", asio::buffer("xy", 2)}).ec);
    BOOST_TEST(::getxattr((s.files / "f").c_str(), "user.b", nullptr, 0) == 2);
    BOOST_TEST(run(op::setxattr{s.dir(), "f", "user.a", {},
        xattr_flags::create}).ec == system_error_code(EEXIST));
    BOOST_TEST(run(op::setxattr{s.dir(), "link", "user.a", {}, xattr_flags::none,
        at_flags::symlink_nofollow}).ec
        == system_error_code(EPERM));
    BOOST_TEST(run(op::setxattr{s.dir(), "no", "user.a", {}}).ec == system_error_code(ENOENT));
}

void listxattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    std::array<char, 1024> buffer{};
    const auto got = run(op::listxattr{s.dir(), "link", asio::buffer(buffer)});
    BOOST_TEST(!got.ec);
    BOOST_TEST(lists({buffer.data(), got.value}, "user.a"));
    const auto of_link = run(op::listxattr{s.dir(), "link", asio::buffer(buffer),
        at_flags::symlink_nofollow});
    BOOST_TEST(!of_link.ec);
    BOOST_TEST(!lists({buffer.data(), of_link.value}, "user.a"));
    BOOST_TEST(run(op::listxattr{s.dir(), "no", asio::buffer(buffer)}).ec == system_error_code(ENOENT));
}

void removexattr(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    BOOST_TEST(!run(op::removexattr{s.dir(), "link", "user.a"}).ec);
    BOOST_TEST(run(op::removexattr{s.dir(), "f", "user.a"}).ec == system_error_code(ENODATA));
    BOOST_TEST(run(op::removexattr{s.dir(), "no", "user.a"}).ec == system_error_code(ENOENT));
}

} // namespace
} // namespace rows

std::vector<row> asio_fs::test::xattr_rows()
{
    return {
        {"fgetxattr", &rows::fgetxattr},
        {"fsetxattr", &rows::fsetxattr},
        {"flistxattr", &rows::flistxattr},
        {"fremovexattr", &rows::fremovexattr},
        {"getxattr", &rows::getxattr},
        {"setxattr", &rows::setxattr},
        {"listxattr", &rows::listxattr},
        {"removexattr", &rows::removexattr},
    };
}

// What older kernels need, which the rows above do not reach on a newer one.
BOOST_AUTO_TEST_CASE(attributes_by_path_on_older_kernels)
{
    const scratch s;
    s.file("f");
    BOOST_TEST_REQUIRE(::symlinkat("f", s.dir(), "link") == 0);
    const auto mode = [](int dirfd, const std::string& path, at_flags flags) {
        struct ::stat status = {};
        const int result = detail::through_proc(
            dirfd, path.c_str(), flags, [&](const char* p) { return ::stat(p, &status); },
            [&](const char* p) { return ::lstat(p, &status); });
        return result < 0 ? result : static_cast<int>(status.st_mode & S_IFMT);
    };
    BOOST_TEST(mode(s.dir(), "f", at_flags::none) == S_IFREG);
    BOOST_TEST(mode(s.dir(), "link", at_flags::none) == S_IFREG);
    BOOST_TEST(mode(s.dir(), "link", at_flags::symlink_nofollow) == S_IFLNK);
    BOOST_TEST(mode(s.dir(), "", at_flags::empty_path) == S_IFDIR);
    BOOST_TEST(mode(s.dir(), "", at_flags::empty_path | at_flags::symlink_nofollow) == S_IFDIR);
    BOOST_TEST(mode(s.dir(), "", at_flags::none) == -ENOENT);
    BOOST_TEST(mode(s.dir(), "no", at_flags::none) == -ENOENT);
    BOOST_TEST(mode(-1, "f", at_flags::none) == -EBADF);
    BOOST_TEST(mode(-1, s.files / "f", at_flags::none) == S_IFREG);
    BOOST_TEST(mode(AT_FDCWD, s.files / "f", at_flags::none) == S_IFREG);
    BOOST_TEST(mode(AT_FDCWD, "", at_flags::empty_path) == S_IFDIR);
    // The entry itself by a descriptor that only names it, symbolic links included.
    const unique_fd link(::openat(s.dir(), "link", O_PATH | O_NOFOLLOW | O_CLOEXEC));
    BOOST_TEST(mode(link.get(), "", at_flags::empty_path) == S_IFLNK);
}
