// SPDX-License-Identifier: BSL-1.0

// Rows of the table: access control lists and SELinux labels, by descriptor and by path.

#include "op/runner.hpp"

#include <asio_fs/op/all.hpp>

#include <sys/xattr.h>

#include <string>

using namespace asio_fs;
using namespace asio_fs::test;

// A namespace with a name: alone, these functions would be ambiguous with those of libacl and libselinux.
namespace rows {
namespace {

// A valid list that no mode bits can express.
const acl& some_list()
{
    static const acl list = acl::from_text("u::rw,u:12345:rwx,g::r,m::rx,o::-");
    return list;
}

// A file "f", a symbolic link "link" to it, and a directory "d". False, with a message, where the file system
// has no access control lists.
bool prepare(const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST_REQUIRE(::symlinkat("f", s.dir(), "link") == 0);
    BOOST_TEST_REQUIRE(::mkdirat(s.dir(), "d", 0750) == 0);
    const auto value = some_list().to_xattr();
    if (::fsetxattr(fd.get(), "system.posix_acl_access", value.data(), value.size(), 0) == 0 &&
        ::fremovexattr(fd.get(), "system.posix_acl_access") == 0 && ::fchmod(fd.get(), 0640) == 0)
        return true;
    BOOST_TEST_MESSAGE("skipped: the file system has no access control lists");
    return false;
}

unique_fd open_file(const scratch& s) { return unique_fd(::openat(s.dir(), "f", O_RDWR | O_CLOEXEC)); }

unique_fd open_dir(const scratch& s) { return unique_fd(::openat(s.dir(), "d", O_RDONLY | O_CLOEXEC)); }

void acl_get_fd(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const unique_fd f = open_file(s), d = open_dir(s);
    // What was never set stands in the mode bits.
    auto got = run(op::acl_get_fd{f.get()});
    BOOST_TEST(!got.ec);
    BOOST_TEST((got.value == acl::from_mode(0640)));
    got = run(op::acl_get_fd{d.get(), acl_type::default_});
    BOOST_TEST(!got.ec);
    BOOST_TEST(got.value.empty());
    BOOST_TEST(run(op::acl_get_fd{f.get(), acl_type::default_}).ec == system_error_code(EACCES));
    // Longer than what most have.
    acl list = some_list();
    for (std::uint32_t id = 1; id != 300; ++id)
        list.set({acl_tag::group, acl_perms::read, id});
    const auto value = list.to_xattr();
    if (::fsetxattr(f.get(), "system.posix_acl_access", value.data(), value.size(), 0) == 0)
        BOOST_TEST((run(op::acl_get_fd{f.get()}).value == list));
    else
        BOOST_TEST(errno == ENOSPC);
    BOOST_TEST(run(op::acl_get_fd{-1}).ec == system_error_code(EBADF));
    const unique_fd proc(::open("/proc/self/stat", O_RDONLY | O_CLOEXEC));
    BOOST_TEST(run(op::acl_get_fd{proc.get()}).ec == system_error_code(ENOTSUP));
}

void acl_set_fd(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const unique_fd f = open_file(s), d = open_dir(s);
    BOOST_TEST(!run(op::acl_set_fd{f.get(), some_list()}).ec);
    BOOST_TEST((run(op::acl_get_fd{f.get()}).value == some_list()));
    BOOST_TEST((s.stat("f").st_mode & 0777) == 0650u); // the group's bits are the mask's
    BOOST_TEST(!run(op::acl_set_fd{f.get(), acl::from_mode(0604)}).ec);
    BOOST_TEST((s.stat("f").st_mode & 0777) == 0604u);
    BOOST_TEST(::fgetxattr(f.get(), "system.posix_acl_access", nullptr, 0) == -1);
    // A default list, which an empty one removes.
    BOOST_TEST(!run(op::acl_set_fd{d.get(), some_list(), acl_type::default_}).ec);
    BOOST_TEST((run(op::acl_get_fd{d.get(), acl_type::default_}).value == some_list()));
    for (int i = 0; i != 2; ++i)
        BOOST_TEST(!run(op::acl_set_fd{d.get(), {}, acl_type::default_}).ec);
    BOOST_TEST(::fgetxattr(d.get(), "system.posix_acl_default", nullptr, 0) == -1);
    BOOST_TEST(run(op::acl_set_fd{f.get(), some_list(), acl_type::default_}).ec == system_error_code(EACCES));
    BOOST_TEST(run(op::acl_set_fd{f.get(), {}}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::acl_set_fd{f.get(), acl::from_text("u::r,u:1:r,g::r,o::r")}).ec ==
               system_error_code(EINVAL));
    BOOST_TEST(run(op::acl_set_fd{-1, some_list()}).ec == system_error_code(EBADF));
}

void acl_get_file(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const auto value = some_list().to_xattr();
    for (const char* name : {"f", "link"})
        BOOST_TEST((run(op::acl_get_file{s.dir(), name}).value == acl::from_mode(0640)));
    BOOST_TEST_REQUIRE(
        ::setxattr((s.files / "f").c_str(), "system.posix_acl_access", value.data(), value.size(), 0) == 0);
    for (const char* name : {"f", "link"})
        BOOST_TEST((run(op::acl_get_file{s.dir(), name}).value == some_list()));
    BOOST_TEST(run(op::acl_get_file{s.dir(), "link", acl_type::access, at_flags::symlink_nofollow}).ec ==
               system_error_code(ENOTSUP));
    const auto none = run(op::acl_get_file{s.dir(), "d", acl_type::default_});
    BOOST_TEST(!none.ec);
    BOOST_TEST(none.value.empty());
    BOOST_TEST(run(op::acl_get_file{s.dir(), "f", acl_type::default_}).ec == system_error_code(EACCES));
    BOOST_TEST(run(op::acl_get_file{s.dir(), "no"}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::acl_get_file{-1, "f"}).ec == system_error_code(EBADF));
}

void acl_set_file(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    BOOST_TEST(!run(op::acl_set_file{s.dir(), "link", acl_type::access, some_list()}).ec);
    BOOST_TEST((run(op::acl_get_file{s.dir(), "f"}).value == some_list()));
    BOOST_TEST(!run(op::acl_set_file{s.dir(), "d", acl_type::default_, some_list()}).ec);
    BOOST_TEST((run(op::acl_get_file{s.dir(), "d", acl_type::default_}).value == some_list()));
    BOOST_TEST(!run(op::acl_set_file{s.dir(), "d", acl_type::default_, {}}).ec);
    BOOST_TEST(run(op::acl_get_file{s.dir(), "d", acl_type::default_}).value.empty());
    BOOST_TEST(run(op::acl_set_file{s.dir(), "f", acl_type::access, {}}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::acl_set_file{s.dir(), "f", acl_type::default_, some_list()}).ec ==
               system_error_code(EACCES));
    BOOST_TEST(run(op::acl_set_file{s.dir(), "no", acl_type::access, some_list()}).ec ==
               system_error_code(ENOENT));
}

void acl_delete_def_file(runner& run, const scratch& s)
{
    if (!prepare(s))
        return;
    const auto value = some_list().to_xattr();
    const unique_fd d = open_dir(s);
    BOOST_TEST_REQUIRE(::fsetxattr(d.get(), "system.posix_acl_default", value.data(), value.size(), 0) == 0);
    for (int i = 0; i != 2; ++i)
        BOOST_TEST(!run(op::acl_delete_def_file{s.dir(), "d"}).ec);
    BOOST_TEST(::fgetxattr(d.get(), "system.posix_acl_default", nullptr, 0) == -1);
    BOOST_TEST(run(op::acl_delete_def_file{s.dir(), "no"}).ec == system_error_code(ENOENT));
}

constexpr const char* label = "system_u:object_r:etc_t:s0";

// The same, where labels can be set: by root, or under a policy that knows this one.
bool prepare_labels(const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST_REQUIRE(::symlinkat("f", s.dir(), "link") == 0);
    if (::fsetxattr(fd.get(), "security.selinux", label, std::string_view(label).size() + 1, 0) == 0)
        return true;
    BOOST_TEST_MESSAGE("skipped: no SELinux label can be set here: " << system_error_code(errno).message());
    return false;
}

void fgetfilecon(runner& run, const scratch& s)
{
    if (!prepare_labels(s))
        return;
    const unique_fd fd = open_file(s);
    auto got = run(op::fgetfilecon{fd.get()});
    BOOST_TEST(!got.ec);
    BOOST_TEST(got.value == label);
    BOOST_TEST(run(op::fgetfilecon{-1}).ec == system_error_code(EBADF));
    // What only a kernel without a policy accepts: no terminator, no value, more than the usual length,
    // nothing.
    if (::fsetxattr(fd.get(), "security.selinux", "a:b", 3, 0) != 0)
        return;
    BOOST_TEST(run(op::fgetfilecon{fd.get()}).value == "a:b");
    const std::string longest(2000, 'l');
    BOOST_TEST_REQUIRE(::fsetxattr(fd.get(), "security.selinux", longest.c_str(), longest.size() + 1, 0) ==
                       0);
    BOOST_TEST(run(op::fgetfilecon{fd.get()}).value == longest);
    BOOST_TEST_REQUIRE(::fsetxattr(fd.get(), "security.selinux", "", 0, 0) == 0);
    BOOST_TEST(run(op::fgetfilecon{fd.get()}).ec == system_error_code(ENOTSUP));
    BOOST_TEST_REQUIRE(::fremovexattr(fd.get(), "security.selinux") == 0);
    BOOST_TEST(run(op::fgetfilecon{fd.get()}).ec == system_error_code(ENODATA));
}

void fsetfilecon(runner& run, const scratch& s)
{
    if (!prepare_labels(s))
        return;
    const unique_fd fd = open_file(s);
    const std::string other = "system_u:object_r:bin_t:s0";
    BOOST_TEST(!run(op::fsetfilecon{fd.get(), other}).ec);
    BOOST_TEST(run(op::fgetfilecon{fd.get()}).value == other);
    // With its terminator, as libselinux writes it.
    BOOST_TEST(::fgetxattr(fd.get(), "security.selinux", nullptr, 0) == static_cast<int>(other.size()) + 1);
    BOOST_TEST(run(op::fsetfilecon{fd.get(), std::string("a\0b", 3)}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::fsetfilecon{-1, other}).ec == system_error_code(EBADF));
}

void getfilecon(runner& run, const scratch& s)
{
    if (!prepare_labels(s))
        return;
    BOOST_TEST(run(op::getfilecon{s.dir(), "f"}).value == label);
    BOOST_TEST(run(op::getfilecon{s.dir(), "link"}).value == label);
    BOOST_TEST(run(op::getfilecon{s.dir(), "link", at_flags::symlink_nofollow}).value != label);
    BOOST_TEST(run(op::getfilecon{s.dir(), "no"}).ec == system_error_code(ENOENT));
}

void setfilecon(runner& run, const scratch& s)
{
    if (!prepare_labels(s))
        return;
    const std::string other = "system_u:object_r:bin_t:s0";
    BOOST_TEST(!run(op::setfilecon{s.dir(), "link", other, at_flags::symlink_nofollow}).ec);
    BOOST_TEST(run(op::getfilecon{s.dir(), "link", at_flags::symlink_nofollow}).value == other);
    BOOST_TEST(run(op::getfilecon{s.dir(), "f"}).value == label);
    BOOST_TEST(!run(op::setfilecon{s.dir(), "link", other}).ec);
    BOOST_TEST(run(op::getfilecon{s.dir(), "f"}).value == other);
    BOOST_TEST(run(op::setfilecon{s.dir(), "f", std::string("a\0b", 3)}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::setfilecon{s.dir(), "no", other}).ec == system_error_code(ENOENT));
}

} // namespace
} // namespace rows

std::vector<row> asio_fs::test::acl_rows()
{
    return {
        {"acl_get_fd", &rows::acl_get_fd},
        {"acl_set_fd", &rows::acl_set_fd},
        {"acl_get_file", &rows::acl_get_file},
        {"acl_set_file", &rows::acl_set_file},
        {"acl_delete_def_file", &rows::acl_delete_def_file},
        {"fgetfilecon", &rows::fgetfilecon},
        {"fsetfilecon", &rows::fsetfilecon},
        {"getfilecon", &rows::getfilecon},
        {"setfilecon", &rows::setfilecon},
    };
}
