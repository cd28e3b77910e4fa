// SPDX-License-Identifier: BSL-1.0

// Files without a name, given one when they are complete, and copies of files that have none any more.

#include "op/runner.hpp"

#include <asio_fs/copy_file.hpp>
#include <asio_fs/detail/link_descriptor.hpp>
#include <asio_fs/extended_dir.hpp>

#include <sched.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <sys/xattr.h>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// Makes file-system calls of this thread those of nobody in particular.
class as_nobody
{
public:
    as_nobody() { ::setfsuid(65534); }
    as_nobody(const as_nobody&) = delete;
    as_nobody& operator=(const as_nobody&) = delete;
    ~as_nobody() { ::setfsuid(::geteuid()); }
};

struct needs_root
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        boost::test_tools::assertion_result result(::geteuid() == 0);
        result.message() << "needs root";
        return result;
    }
};

struct needs_tmpfile
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        const scratch s;
        const unique_fd fd(::openat(s.dir(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
        boost::test_tools::assertion_result result(fd.get() >= 0);
        result.message() << "the file system has no files without a name";
        return result;
    }
};

template <class Async>
error_code finish(asio::io_context& ctx, Async async)
{
    error_code result = asio::error::would_block;
    async([&](error_code ec) { result = ec; });
    ctx.restart();
    ctx.run();
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(temporary_files)

BOOST_DATA_TEST_CASE(are_published_when_complete, engines, engine)
{
    if (!needs_tmpfile()(0))
        return;
    const scratch s;
    context ctx(engine);
    extended_dir dir(ctx, s.files.path());
    const auto write = extended_file::write_only;

    extended_file file = dir.tmpfile(write, 0640);
    file.write_some(asio::buffer("whole", 5));
    BOOST_TEST(file.statx().nlink() == 0u);
    BOOST_TEST(!finish(ctx, [&](auto h) { dir.async_linkat(file, "named", h); }));
    BOOST_TEST(s.content("named") == "whole");
    BOOST_TEST(s.stat("named").st_mode == (S_IFREG | 0640u));

    error_code ec = asio::error::would_block;
    extended_file second = dir.tmpfile(ec);
    BOOST_TEST(!ec);
    second.write_some(asio::buffer("other", 5));
    BOOST_TEST(finish(ctx, [&](auto h) { dir.async_linkat(second, "named", h); })
        == system_error_code(EEXIST));
    dir.linkat(second, "second", ec);
    BOOST_TEST(!ec);
    BOOST_TEST(s.content("second") == "other");
    BOOST_TEST(s.stat("second").st_mode == (S_IFREG | 0600u));

    extended_file third(ctx), fourth(ctx);
    BOOST_TEST(!finish(ctx, [&](auto h) {
        dir.async_tmpfile([&third, h](error_code e, extended_file f) {
            third = std::move(f);
            h(e);
        });
    }));
    dir.linkat(third, "third");
    BOOST_TEST(s.stat("third").st_mode == (S_IFREG | 0600u));

    // One that can never have a name.
    const auto exclusive = write | extended_file::exclusive;
    BOOST_TEST(!finish(ctx, [&](auto h) {
        dir.async_tmpfile(exclusive, 0600, [&fourth, h](error_code e, extended_file f) {
            fourth = std::move(f);
            h(e);
        });
    }));
    BOOST_TEST(finish(ctx, [&](auto h) { dir.async_linkat(fourth, "fourth", h); })
        == system_error_code(ENOENT));
    BOOST_CHECK_THROW(dir.linkat(fourth, "fourth"), system_error);
    BOOST_TEST(!s.exists("fourth"));

    fourth.close();
    dir.linkat(fourth, "fourth", ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    BOOST_TEST(finish(ctx, [&](auto h) { dir.async_linkat(fourth, "x", h); }) == asio::error::bad_descriptor);
    dir.close();
    BOOST_TEST(finish(ctx, [&](auto h) { dir.async_linkat(third, "x", h); }) == asio::error::bad_descriptor);
    dir.tmpfile(ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
}

BOOST_AUTO_TEST_CASE(are_published_without_privileges,
    *boost::unit_test::precondition(needs_root()) * boost::unit_test::precondition(needs_tmpfile()))
{
    const scratch s;
    BOOST_TEST_REQUIRE(::fchmod(s.dir(), 0777) == 0);
    const unique_fd fd(::openat(s.dir(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666));
    BOOST_TEST_REQUIRE(::fchmod(fd.get(), 0666) == 0);
    {
        const as_nobody unprivileged;
        BOOST_TEST(::linkat(fd.get(), "", s.dir(), "direct", AT_EMPTY_PATH) == -1);
        BOOST_TEST(detail::link_descriptor(fd.get(), s.dir(), "by_proc") == 0);
        BOOST_TEST(detail::link_descriptor(fd.get(), s.dir(), "no/such") == -ENOENT);
    }
    BOOST_TEST(s.exists("by_proc"));
}

BOOST_AUTO_TEST_CASE(say_so_when_there_is_no_way,
    *boost::unit_test::precondition(needs_root()) * boost::unit_test::precondition(needs_tmpfile()))
{
    const scratch s;
    BOOST_TEST_REQUIRE(::fchmod(s.dir(), 0777) == 0);
    const unique_fd fd(::openat(s.dir(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666));
    constexpr int no_namespaces = 77;
    const pid_t child = ::fork();
    BOOST_TEST_REQUIRE(child >= 0);
    if (child == 0)
    {
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::umount2("/proc", MNT_DETACH) != 0)
            ::_exit(no_namespaces);
        ::setfsuid(65534);
        ::_exit(-detail::link_descriptor(fd.get(), s.dir(), "x"));
    }
    int status = 0;
    BOOST_TEST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_TEST_REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == no_namespaces)
        BOOST_TEST_MESSAGE("skipped: /proc cannot be unmounted here");
    else
        BOOST_TEST(WEXITSTATUS(status) == EOPNOTSUPP);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(copy_to)

BOOST_DATA_TEST_CASE(copies_what_is_open, engines, engine)
{
    const scratch s;
    context ctx(engine);
    extended_dir dir(ctx, s.files.path());
    extended_file file(ctx, s.files.file("f", "content"), extended_file::read_write);
    file.fchmod(0604);
    file.futimens(file_times{.mtime = {1000, 7}});
    error_code attributes;
    file.setxattr("user.a", asio::buffer("v", 1), attributes);
    // Where it is, what it is called, and whether it has a name at all: no matter.
    char bytes[2];
    BOOST_TEST(file.read_some(asio::buffer(bytes)) == 2u);
    dir.unlinkat("f");
    s.file("f", "an impostor");

    BOOST_TEST(file.copy_to({dir, "sync"}).files == 1u);
    BOOST_TEST(file.copy_to(s.files / "by_path").files == 1u);
    copy_report report;
    BOOST_TEST(!finish(ctx, [&](auto h) {
        file.async_copy_to({dir, "async"}, [&report, h](error_code ec, copy_report r) {
            report = std::move(r);
            h(ec);
        });
    }));
    BOOST_TEST(report.files == 1u);
    for (const char* name : {"sync", "by_path", "async"})
    {
        BOOST_TEST(s.content(name) == "content");
        BOOST_TEST(s.stat(name).st_mode == (S_IFREG | 0604u));
        BOOST_TEST(s.stat(name).st_mtim.tv_nsec == 7);
        if (!attributes)
            BOOST_TEST(::getxattr((s.files / name).c_str(), "user.a", nullptr, 0) == 1);
    }
    BOOST_TEST(file.read_some(asio::buffer(bytes)) == 2u);
    BOOST_TEST(bytes[0] == 'n');

    // As async_copy_file does it: options, errors with a report, and the file itself is not replaced.
    copy_options keep;
    keep.overwrite = overwrite_policy::never;
    BOOST_TEST(file.copy_to({dir, "f"}, keep).files == 0u);
    BOOST_TEST(s.content("f") == "an impostor");
    error_code ec;
    BOOST_TEST(file.copy_to({dir, "no/such"}, ec).errors == 1u);
    BOOST_TEST(ec == system_error_code(ENOENT));
    BOOST_CHECK_EXCEPTION(file.copy_to({dir, "no/such"}), system_error, [](const system_error& e) {
        return std::string_view(e.what()).find("no/such") != std::string_view::npos;
    });
    file.close();
    file.copy_to({dir, "closed"}, ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    BOOST_CHECK_THROW(file.copy_to({dir, "closed"}), system_error);
    BOOST_TEST(finish(ctx, [&](auto h) {
        file.async_copy_to({dir, "closed"}, [h](error_code e, copy_report) { h(e); });
    }) == asio::error::bad_descriptor);
    BOOST_TEST(!s.exists("closed"));
}

// The right to open a file is not needed twice, and the position stays where it was, holes or not.
BOOST_AUTO_TEST_CASE(needs_no_second_opening, *boost::unit_test::precondition(needs_root()))
{
    const scratch s;
    BOOST_TEST_REQUIRE(::fchmod(s.dir(), 0777) == 0);
    asio::io_context ctx;
    extended_dir dir(ctx, s.files.path());
    extended_file file(ctx, s.files.file("f", "content"), extended_file::read_only);
    BOOST_TEST_REQUIRE(::truncate((s.files / "f").c_str(), 1 << 20) == 0);
    file.fchmod(0600);
    char byte;
    file.read_some(asio::buffer(&byte, 1));
    error_code ec;
    copy_options options;
    options.preserve = preserve_flags::sparse;
    {
        const as_nobody unprivileged;
        BOOST_TEST(::open((s.files / "f").c_str(), O_RDONLY | O_CLOEXEC) == -1);
        file.copy_to({dir, "copy"}, options, ec);
    }
    BOOST_TEST(!ec, ec.message());
    BOOST_TEST(s.content("copy") == s.content("f"));
    file.read_some(asio::buffer(&byte, 1));
    BOOST_TEST(byte == 'o');

    extended_file write_only(ctx, s.files / "f", extended_file::write_only);
    {
        const as_nobody unprivileged;
        write_only.copy_to({dir, "second"}, options, ec);
    }
    BOOST_TEST(ec == system_error_code(EBADF));
    BOOST_TEST(!s.exists("second"));
}

BOOST_AUTO_TEST_SUITE_END()
