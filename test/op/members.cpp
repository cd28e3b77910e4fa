// SPDX-License-Identifier: BSL-1.0

// Every member function of files and directories in each of its three forms, short forms included. What the
// operations do is in the table; here each member must reach its operation.

#include "op/runner.hpp"
#include "support/store.hpp"

#include <asio_fs/extended_dir.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <string>

using namespace asio_fs;
using namespace asio_fs::test;

namespace members_test {

// A directory and two files, one io_context, and names that are new each time.
struct fixture
{
    explicit fixture(engine_choice e)
        : ctx(e),
          dir(ctx, s.files.path()),
          file(ctx, s.files.file("f", std::string(8192, 'x')), extended_file::read_write),
          other(ctx, s.files.file("g", ""), extended_file::read_write)
    {
    }

    std::string name() { return "n" + std::to_string(++names); }

    // A new name that exists.
    std::string made()
    {
        const std::string n = name();
        s.file(n);
        return n;
    }

    std::string made_dir()
    {
        const std::string n = name();
        BOOST_TEST_REQUIRE(::mkdirat(s.dir(), n.c_str(), 0700) == 0);
        return n;
    }

    // Runs the three forms, all of which must succeed.
    template <class Throwing, class WithError, class Async>
    void each(Throwing throwing, WithError with_error, Async async)
    {
        BOOST_CHECK_NO_THROW(throwing());
        error_code ec = asio::error::would_block;
        with_error(ec);
        BOOST_TEST(!ec);
        each(async);
    }

    template <class Async>
    void each(Async async)
    {
        error_code ec = asio::error::would_block;
        async(store{&ec});
        BOOST_TEST(ec == asio::error::would_block);
        ctx.restart();
        ctx.run();
        BOOST_TEST(!ec);
    }

    scratch s;
    context ctx;
    extended_dir dir;
    extended_file file, other;
    int names = 0;
};

} // namespace members_test

using namespace members_test;

BOOST_AUTO_TEST_SUITE(members)

BOOST_DATA_TEST_CASE(of_inodes, engines, engine)
{
    fixture t(engine);
    const statx_mask size = statx_mask::size;
    for (basic_inode_object<>* o : {static_cast<basic_inode_object<>*>(&t.file),
        static_cast<basic_inode_object<>*>(&t.dir)})
    {
        t.each([&] { o->statx(); }, [&](error_code& ec) { o->statx(ec); },
            [&](store h) { o->async_statx(h); });
        t.each([&] { o->statx(size); }, [&](error_code& ec) { o->statx(size, ec); },
            [&](store h) { o->async_statx(size, h); });
        t.each([&] { o->fchmod(0700); }, [&](error_code& ec) { o->fchmod(0700, ec); },
            [&](store h) { o->async_fchmod(0700, h); });
        const uid_t u = ::geteuid();
        const gid_t g = ::getegid();
        t.each([&] { o->fchown(u, g); }, [&](error_code& ec) { o->fchown(u, g, ec); },
            [&](store h) { o->async_fchown(u, g, h); });
        const file_times times{.mtime = {1, 2}};
        t.each([&] { o->futimens(times); }, [&](error_code& ec) { o->futimens(times, ec); },
            [&](store h) { o->async_futimens(times, h); });
        BOOST_TEST(o->statx().mtime().tv_nsec == 2);
        t.each([&] { o->fsync(); }, [&](error_code& ec) { o->fsync(ec); },
            [&](store h) { o->async_fsync(h); });
        t.each([&] { o->syncfs(); }, [&](error_code& ec) { o->syncfs(ec); },
            [&](store h) { o->async_syncfs(h); });
        t.each([&] { o->statfs(); }, [&](error_code& ec) { o->statfs(ec); },
            [&](store h) { o->async_statfs(h); });

        const asio::const_buffer value = asio::buffer("v", 1);
        std::array<char, 4096> bytes;
        const asio::mutable_buffer room = asio::buffer(bytes);
        error_code supported;
        o->setxattr("user.a", value, supported);
        if (supported)
            continue;
        const auto create = xattr_flags::create;
        t.each([&] { o->setxattr("user.a", value); }, [&](error_code& ec) { o->setxattr("user.a", value,
            ec); },
            [&](store h) { o->async_setxattr("user.a", value, h); });
        t.each([&] { o->setxattr("user.1", value, create); },
            [&](error_code& ec) { o->setxattr("user.2", value, create, ec); },
            [&](store h) { o->async_setxattr("user.3", value, create, h); });
        t.each([&] { o->getxattr("user.a", room); }, [&](error_code& ec) { o->getxattr("user.a", room,
            ec); },
            [&](store h) { o->async_getxattr("user.a", room, h); });
        t.each([&] { o->listxattr(room); }, [&](error_code& ec) { o->listxattr(room, ec); },
            [&](store h) { o->async_listxattr(room, h); });
        t.each([&] { o->removexattr("user.1"); }, [&](error_code& ec) { o->removexattr("user.2", ec); },
            [&](store h) { o->async_removexattr("user.3", h); });
    }
}

BOOST_DATA_TEST_CASE(of_files, engines, engine)
{
    fixture t(engine);
    extended_file& f = t.file;
    const asio::const_buffer data = asio::buffer("v", 1);
    std::array<char, 16> bytes;
    const asio::mutable_buffer room = asio::buffer(bytes);
    t.each([&] { f.read_some_at(1, room); }, [&](error_code& ec) { f.read_some_at(1, room, ec); },
        [&](store h) { f.async_read_some_at(1, room, h); });
    t.each([&] { f.write_some_at(1, data); }, [&](error_code& ec) { f.write_some_at(1, data, ec); },
        [&](store h) { f.async_write_some_at(1, data, h); });
    t.each([&] { f.read_some(room); }, [&](error_code& ec) { f.read_some(room, ec); },
        [&](store h) { f.async_read_some(room, h); });
    t.each([&] { f.write_some(data); }, [&](error_code& ec) { f.write_some(data, ec); },
        [&](store h) { f.async_write_some(data, h); });
    t.each([&] { f.ftruncate(9000); }, [&](error_code& ec) { f.ftruncate(9000, ec); },
        [&](store h) { f.async_ftruncate(9000, h); });
    const auto mode = fallocate_mode::allocate;
    t.each([&] { f.fallocate(mode, 0, 9); }, [&](error_code& ec) { f.fallocate(mode, 0, 9, ec); },
        [&](store h) { f.async_fallocate(mode, 0, 9, h); });
    const auto use = advice::sequential;
    t.each([&] { f.fadvise(0, 0, use); }, [&](error_code& ec) { f.fadvise(0, 0, use, ec); },
        [&](store h) { f.async_fadvise(0, 0, use, h); });
    t.each([&] { f.seek_data(0); }, [&](error_code& ec) { f.seek_data(0, ec); },
        [&](store h) { f.async_seek_data(0, h); });
    t.each([&] { f.seek_hole(0); }, [&](error_code& ec) { f.seek_hole(0, ec); },
        [&](store h) { f.async_seek_hole(0, h); });
    t.each([&] { f.fdatasync(); }, [&](error_code& ec) { f.fdatasync(ec); },
        [&](store h) { f.async_fdatasync(h); });
    const auto range = sync_range_flags::write;
    t.each([&] { f.sync_file_range(0, 0, range); }, [&](error_code& ec) { f.sync_file_range(0, 0, range,
        ec); },
        [&](store h) { f.async_sync_file_range(0, 0, range, h); });

    const auto shared = lock_type::shared;
    t.each([&] { f.lock(shared); }, [&](error_code& ec) { f.lock(shared, ec); },
        [&](store h) { f.async_lock(shared, h); });
    t.each([&] { f.lock(shared, 1, 2); }, [&](error_code& ec) { f.lock(shared, 1, 2, ec); },
        [&](store h) { f.async_lock(shared, 1, 2, h); });
    t.each([&] { f.try_lock(shared); }, [&](error_code& ec) { f.try_lock(shared, ec); },
        [&](store h) { f.async_try_lock(shared, h); });
    t.each([&] { f.try_lock(shared, 1, 2); }, [&](error_code& ec) { f.try_lock(shared, 1, 2, ec); },
        [&](store h) { f.async_try_lock(shared, 1, 2, h); });
    t.each([&] { f.unlock(1, 2); }, [&](error_code& ec) { f.unlock(1, 2, ec); },
        [&](store h) { f.async_unlock(1, 2, h); });
    t.each([&] { f.unlock(); }, [&](error_code& ec) { f.unlock(ec); }, [&](store h) { f.async_unlock(h); });

    extended_file& g = t.other;
    t.each([&] { f.splice_to(g, 9); }, [&](error_code& ec) { f.splice_to(g, 9, ec); },
        [&](store h) { f.async_splice_to(g, 9, h); });
    t.each([&] { f.splice_to(g, 1, 9); }, [&](error_code& ec) { f.splice_to(g, 1, 9, ec); },
        [&](store h) { f.async_splice_to(g, 1, 9, h); });
    BOOST_TEST(g.statx().size() == 54u);
    const copy_options options;
    const auto to = [&] { return dir_path(t.dir, t.name()); };
    t.each([&] { f.copy_to(to()); }, [&](error_code& ec) { f.copy_to(to(), ec); },
        [&](store h) { f.async_copy_to(to(), h); });
    t.each([&] { f.copy_to(to(), options); }, [&](error_code& ec) { f.copy_to(to(), options, ec); },
        [&](store h) { f.async_copy_to(to(), options, h); });

    t.each([&] { f.copy_file_range(g, 0, 0, 9); }, [&](error_code& ec) { f.copy_file_range(g, 0, 0, 9, ec); },
        [&](store h) { f.async_copy_file_range(g, 0, 0, 9, h); });
    error_code supported, ec;
    f.clone(g, supported);
    if (!supported)
    {
        t.each([&] { f.clone(g); }, [&](error_code& e) { f.clone(g, e); }, [&](store h) { f.async_clone(g,
            h); });
        t.each([&] { f.clone_range(g, 0, 0, 0); }, [&](error_code& e) { f.clone_range(g, 0, 0, 0, e); },
            [&](store h) { f.async_clone_range(g, 0, 0, 0, h); });
        return;
    }
    BOOST_CHECK_THROW(f.clone(g), system_error);
    BOOST_CHECK_THROW(f.clone_range(g, 0, 0, 0), system_error);
    f.clone_range(g, 0, 0, 0, ec);
    BOOST_TEST(ec == supported);
    for (int i = 0; i != 2; ++i)
    {
        ec.clear();
        if (i == 0)
            f.async_clone(g, store{&ec});
        else
            f.async_clone_range(g, 0, 0, 0, store{&ec});
        t.ctx.restart();
        t.ctx.run();
        BOOST_TEST(ec == supported);
    }
}

BOOST_DATA_TEST_CASE(of_files_opening, engines, engine)
{
    fixture t(engine);
    const std::string f = t.s.files / "f";
    const auto read = extended_file::read_only;
    extended_file a(t.ctx), b(t.ctx), c(t.ctx);
    t.each([&] { a.open(f, read); }, [&](error_code& ec) { b.open(f, read, ec); },
        [&](store h) { c.async_open(f, read, h); });
    for (extended_file* o : {&a, &b, &c})
        BOOST_TEST(o->is_open());
    t.each([&] { a.close(); }, [&](error_code& ec) { b.close(ec); }, [&](store h) { c.async_close(h); });
    for (extended_file* o : {&a, &b, &c})
        BOOST_TEST(!o->is_open());
    t.each([&] { a.open(f, read, 0); }, [&](error_code& ec) { b.open(f, read, 0, ec); },
        [&](store h) { c.async_open(f, read, 0, h); });
    const auto limit = resolve_flags::no_symlinks;
    extended_file e(t.ctx), g(t.ctx), h(t.ctx);
    t.each([&] { e.open(f, read, 0, limit); }, [&](error_code& ec) { g.open(f, read, 0, limit, ec); },
        [&](store s) { h.async_open(f, read, 0, limit, s); });
    for (extended_file* o : {&e, &g, &h})
        BOOST_TEST(o->is_open());
    t.each([&] { e.close(); }, [&](error_code& ec) { g.close(ec); }, [&](store s) { h.async_close(s); });
    t.each([&] { e.open(f, read, limit); }, [&](error_code& ec) { g.open(f, read, limit, ec); },
        [&](store s) { h.async_open(f, read, limit, s); });
    for (extended_file* o : {&e, &g, &h})
        BOOST_TEST(o->is_open());
    BOOST_TEST(extended_file(t.ctx, f, read, limit).is_open());
    BOOST_TEST(extended_file(t.ctx.get_executor(), f, read, limit).is_open());
    error_code ec = asio::error::would_block;
    a.cancel();
    a.cancel(ec);
    BOOST_TEST(!ec);
    const unique_fd x(a.release()), y(b.release(ec));
    BOOST_TEST(bool(x));
    BOOST_TEST(bool(y));
    a.assign(::dup(x.get()));
    b.assign(::dup(y.get()), ec);
    BOOST_TEST(!ec);
}

BOOST_DATA_TEST_CASE(of_directories_opening, engines, engine)
{
    fixture t(engine);
    extended_dir& d = t.dir;
    const std::string path = t.s.files.path();
    const auto only = extended_dir::path_only;
    const auto read = extended_file::read_only;
    const auto limit = resolve_flags::beneath;
    extended_dir a(t.ctx), b(t.ctx), c(t.ctx);
    t.each([&] { a.open(path); }, [&](error_code& ec) { b.open(path, ec); },
        [&](store h) { c.async_open(path, h); });
    t.each([&] { a.close(); }, [&](error_code& ec) { b.close(ec); }, [&](store h) { c.async_close(h); });
    t.each([&] { a.open(path, only); }, [&](error_code& ec) { b.open(path, only, ec); },
        [&](store h) { c.async_open(path, only, h); });
    t.each([&] { a.close(); }, [&](error_code& ec) { b.close(ec); }, [&](store h) { c.async_close(h); });
    const auto unlinked = resolve_flags::no_symlinks;
    t.each([&] { a.open(path, only, unlinked); }, [&](error_code& ec) { b.open(path, only, unlinked, ec); },
        [&](store h) { c.async_open(path, only, unlinked, h); });
    for (extended_dir* o : {&a, &b, &c})
        BOOST_TEST(o->is_open());
    t.each([&] { d.openat("f", read); }, [&](error_code& ec) { d.openat("f", read, ec); },
        [&](store h) { d.async_openat("f", read, h); });
    t.each([&] { d.openat("f", read, 0); }, [&](error_code& ec) { d.openat("f", read, 0, ec); },
        [&](store h) { d.async_openat("f", read, 0, h); });
    t.each([&] { d.openat("f", read, 0, limit); }, [&](error_code& ec) { d.openat("f", read, 0, limit, ec); },
        [&](store h) { d.async_openat("f", read, 0, limit, h); });
    t.each([&] { d.openat("f", read, limit); }, [&](error_code& ec) { d.openat("f", read, limit, ec); },
        [&](store h) { d.async_openat("f", read, limit, h); });
    t.each([&] { d.opendirat("."); }, [&](error_code& ec) { d.opendirat(".", ec); },
        [&](store h) { d.async_opendirat(".", h); });
    t.each([&] { d.opendirat(".", only); }, [&](error_code& ec) { d.opendirat(".", only, ec); },
        [&](store h) { d.async_opendirat(".", only, h); });
    t.each([&] { d.opendirat(".", only, limit); }, [&](error_code& ec) { d.opendirat(".", only, limit, ec); },
        [&](store h) { d.async_opendirat(".", only, limit, h); });
    error_code supported;
    d.tmpfile(supported);
    if (supported)
        return;
    const auto write = extended_file::write_only;
    t.each([&] { d.tmpfile(); }, [&](error_code& ec) { d.tmpfile(ec); },
        [&](store h) { d.async_tmpfile(h); });
    t.each([&] { d.tmpfile(write); }, [&](error_code& ec) { d.tmpfile(write, ec); },
        [&](store h) { d.async_tmpfile(write, h); });
    t.each([&] { d.tmpfile(write, 0600); }, [&](error_code& ec) { d.tmpfile(write, 0600, ec); },
        [&](store h) { d.async_tmpfile(write, 0600, h); });
}

BOOST_DATA_TEST_CASE(of_directories_names, engines, engine)
{
    fixture t(engine);
    extended_dir& d = t.dir;
    dir_batch batch;
    t.each([&] { d.readdir(batch); }, [&](error_code& ec) { d.readdir(batch, ec); },
        [&](store h) { d.async_readdir(batch, h); });
    t.each([&] { d.rewinddir(); }, [&](error_code& ec) { d.rewinddir(ec); },
        [&](store h) { d.async_rewinddir(h); });
    t.each([&] { d.mkdirat(t.name()); }, [&](error_code& ec) { d.mkdirat(t.name(), ec); },
        [&](store h) { d.async_mkdirat(t.name(), h); });
    t.each([&] { d.mkdirat(t.name(), 0700); }, [&](error_code& ec) { d.mkdirat(t.name(), 0700, ec); },
        [&](store h) { d.async_mkdirat(t.name(), 0700, h); });
    const auto dir = at_flags::remove_dir;
    t.each([&] { d.unlinkat(t.made()); }, [&](error_code& ec) { d.unlinkat(t.made(), ec); },
        [&](store h) { d.async_unlinkat(t.made(), h); });
    t.each([&] { d.unlinkat(t.made_dir(), dir); }, [&](error_code& ec) { d.unlinkat(t.made_dir(), dir, ec); },
        [&](store h) { d.async_unlinkat(t.made_dir(), dir, h); });
    const auto keep = rename_flags::no_replace;
    t.each([&] { d.renameat(t.made(), d, t.name()); }, [&](error_code& ec) { d.renameat(t.made(), d,
        t.name(), ec); },
        [&](store h) { d.async_renameat(t.made(), d, t.name(), h); });
    t.each([&] { d.renameat(t.made(), d, t.name(), keep); },
        [&](error_code& ec) { d.renameat(t.made(), d, t.name(), keep, ec); },
        [&](store h) { d.async_renameat(t.made(), d, t.name(), keep, h); });
    const auto follow = at_flags::symlink_follow;
    t.each([&] { d.linkat("f", d, t.name()); }, [&](error_code& ec) { d.linkat("f", d, t.name(), ec); },
        [&](store h) { d.async_linkat("f", d, t.name(), h); });
    t.each([&] { d.linkat("f", d, t.name(), follow); }, [&](error_code& ec) { d.linkat("f", d, t.name(),
        follow, ec); },
        [&](store h) { d.async_linkat("f", d, t.name(), follow, h); });
    const extended_file& f = t.file;
    t.each([&] { d.linkat(f, t.name()); }, [&](error_code& ec) { d.linkat(f, t.name(), ec); },
        [&](store h) { d.async_linkat(f, t.name(), h); });
    t.each([&] { d.symlinkat("f", t.name()); }, [&](error_code& ec) { d.symlinkat("f", t.name(), ec); },
        [&](store h) { d.async_symlinkat("f", "link", h); });
    t.each([&] { d.readlinkat("link"); }, [&](error_code& ec) { d.readlinkat("link", ec); },
        [&](store h) { d.async_readlinkat("link", h); });
    const mode_t fifo = S_IFIFO | 0600;
    t.each([&] { d.mknodat(t.name(), fifo, 0); }, [&](error_code& ec) { d.mknodat(t.name(), fifo, 0, ec); },
        [&](store h) { d.async_mknodat(t.name(), fifo, 0, h); });
    t.each([&] { d.mkfifoat(t.name()); }, [&](error_code& ec) { d.mkfifoat(t.name(), ec); },
        [&](store h) { d.async_mkfifoat(t.name(), h); });
    t.each([&] { d.mkfifoat(t.name(), 0600); }, [&](error_code& ec) { d.mkfifoat(t.name(), 0600, ec); },
        [&](store h) { d.async_mkfifoat(t.name(), 0600, h); });
}

BOOST_DATA_TEST_CASE(of_directories_entries, engines, engine)
{
    fixture t(engine);
    extended_dir& d = t.dir;
    const auto itself = at_flags::symlink_nofollow;
    const auto size = statx_mask::size;
    t.each([&] { d.statx("f"); }, [&](error_code& ec) { d.statx("f", ec); },
        [&](store h) { d.async_statx("f", h); });
    t.each([&] { d.statx("f", itself); }, [&](error_code& ec) { d.statx("f", itself, ec); },
        [&](store h) { d.async_statx("f", itself, h); });
    t.each([&] { d.statx("f", itself, size); }, [&](error_code& ec) { d.statx("f", itself, size, ec); },
        [&](store h) { d.async_statx("f", itself, size, h); });
    t.each([&] { d.fchmodat("f", 0600); }, [&](error_code& ec) { d.fchmodat("f", 0600, ec); },
        [&](store h) { d.async_fchmodat("f", 0600, h); });
    t.each([&] { d.fchmodat("f", 0600, itself); }, [&](error_code& ec) { d.fchmodat("f", 0600, itself, ec); },
        [&](store h) { d.async_fchmodat("f", 0600, itself, h); });
    const uid_t u = ::geteuid();
    const gid_t g = ::getegid();
    t.each([&] { d.fchownat("f", u, g); }, [&](error_code& ec) { d.fchownat("f", u, g, ec); },
        [&](store h) { d.async_fchownat("f", u, g, h); });
    t.each([&] { d.fchownat("f", u, g, itself); }, [&](error_code& ec) { d.fchownat("f", u, g, itself, ec); },
        [&](store h) { d.async_fchownat("f", u, g, itself, h); });
    const file_times times{.mtime = {1, 2}};
    t.each([&] { d.utimensat("f", times); }, [&](error_code& ec) { d.utimensat("f", times, ec); },
        [&](store h) { d.async_utimensat("f", times, h); });
    t.each([&] { d.utimensat("f", times, itself); }, [&](error_code& ec) { d.utimensat("f", times, itself,
        ec); },
        [&](store h) { d.async_utimensat("f", times, itself, h); });

    const asio::const_buffer value = asio::buffer("v", 1);
    std::array<char, 4096> bytes;
    const asio::mutable_buffer room = asio::buffer(bytes);
    error_code supported;
    d.setxattr("f", "user.a", value, supported);
    if (supported)
        return;
    const auto create = xattr_flags::create;
    t.each([&] { d.setxattr("f", "user.a", value); }, [&](error_code& ec) { d.setxattr("f", "user.a", value,
        ec); },
        [&](store h) { d.async_setxattr("f", "user.a", value, h); });
    t.each([&] { d.setxattr("f", "user.4", value, create); },
        [&](error_code& ec) { d.setxattr("f", "user.5", value, create, ec); },
        [&](store h) { d.async_setxattr("f", "user.6", value, create, h); });
    t.each([&] { d.setxattr("f", "user.1", value, create, itself); },
        [&](error_code& ec) { d.setxattr("f", "user.2", value, create, itself, ec); },
        [&](store h) { d.async_setxattr("f", "user.3", value, create, itself, h); });
    t.each([&] { d.getxattr("f", "user.a", room); }, [&](error_code& ec) { d.getxattr("f", "user.a", room,
        ec); },
        [&](store h) { d.async_getxattr("f", "user.a", room, h); });
    t.each([&] { d.getxattr("f", "user.a", room, itself); },
        [&](error_code& ec) { d.getxattr("f", "user.a", room, itself, ec); },
        [&](store h) { d.async_getxattr("f", "user.a", room, itself, h); });
    t.each([&] { d.listxattr("f", room); }, [&](error_code& ec) { d.listxattr("f", room, ec); },
        [&](store h) { d.async_listxattr("f", room, h); });
    t.each([&] { d.listxattr("f", room, itself); }, [&](error_code& ec) { d.listxattr("f", room, itself,
        ec); },
        [&](store h) { d.async_listxattr("f", room, itself, h); });
    t.each([&] { d.removexattr("f", "user.1"); }, [&](error_code& ec) { d.removexattr("f", "user.2", ec); },
        [&](store h) { d.async_removexattr("f", "user.3", h); });
    d.setxattr("f", "user.1", value);
    d.setxattr("f", "user.2", value);
    d.setxattr("f", "user.3", value);
    t.each([&] { d.removexattr("f", "user.1", itself); },
        [&](error_code& ec) { d.removexattr("f", "user.2", itself, ec); },
        [&](store h) { d.async_removexattr("f", "user.3", itself, h); });
}

BOOST_DATA_TEST_CASE(access_control_lists, engines, engine)
{
    fixture t(engine);
    const acl list = acl::from_text("u::rw,u:12345:r,g::r,m::r,o::-");
    const acl_type access = acl_type::access;
    error_code supported;
    t.dir.acl_set_fd(list, supported);
    if (supported)
        return;
    for (basic_inode_object<>* o : {static_cast<basic_inode_object<>*>(&t.file),
        static_cast<basic_inode_object<>*>(&t.dir)})
    {
        t.each([&] { o->acl_set_fd(list); }, [&](error_code& ec) { o->acl_set_fd(list, ec); },
            [&](store h) { o->async_acl_set_fd(list, h); });
        t.each([&] { o->acl_set_fd(list, access); }, [&](error_code& ec) { o->acl_set_fd(list, access, ec); },
            [&](store h) { o->async_acl_set_fd(list, access, h); });
        t.each([&] { o->acl_get_fd(); }, [&](error_code& ec) { o->acl_get_fd(ec); },
            [&](store h) { o->async_acl_get_fd(h); });
        t.each([&] { o->acl_get_fd(access); }, [&](error_code& ec) { o->acl_get_fd(access, ec); },
            [&](store h) { o->async_acl_get_fd(access, h); });
        BOOST_TEST((o->acl_get_fd() == list));
    }
    extended_dir& d = t.dir;
    const at_flags none = at_flags::none;
    t.each([&] { d.acl_set_file("g", access, list); },
        [&](error_code& ec) { d.acl_set_file("g", access, list, ec); },
        [&](store h) { d.async_acl_set_file("g", access, list, h); });
    t.each([&] { d.acl_set_file("g", access, list, none); },
        [&](error_code& ec) { d.acl_set_file("g", access, list, none, ec); },
        [&](store h) { d.async_acl_set_file("g", access, list, none, h); });
    t.each([&] { d.acl_get_file("g"); }, [&](error_code& ec) { d.acl_get_file("g", ec); },
        [&](store h) { d.async_acl_get_file("g", h); });
    t.each([&] { d.acl_get_file("g", access); }, [&](error_code& ec) { d.acl_get_file("g", access, ec); },
        [&](store h) { d.async_acl_get_file("g", access, h); });
    t.each([&] { d.acl_get_file("g", access, none); },
        [&](error_code& ec) { d.acl_get_file("g", access, none, ec); },
        [&](store h) { d.async_acl_get_file("g", access, none, h); });
    BOOST_TEST((d.acl_get_file("g") == list));
    d.acl_set_fd(list, acl_type::default_);
    t.each([&] { d.acl_delete_def_file("."); }, [&](error_code& ec) { d.acl_delete_def_file(".", ec); },
        [&](store h) { d.async_acl_delete_def_file(".", h); });
    BOOST_TEST(d.acl_get_fd(acl_type::default_).empty());
}

BOOST_DATA_TEST_CASE(selinux_labels, engines, engine)
{
    fixture t(engine);
    const std::string label = "system_u:object_r:etc_t:s0";
    error_code supported;
    t.dir.fsetfilecon(label, supported);
    if (supported)
        return;
    for (basic_inode_object<>* o : {static_cast<basic_inode_object<>*>(&t.file),
        static_cast<basic_inode_object<>*>(&t.dir)})
    {
        t.each([&] { o->fsetfilecon(label); }, [&](error_code& ec) { o->fsetfilecon(label, ec); },
            [&](store h) { o->async_fsetfilecon(label, h); });
        t.each([&] { o->fgetfilecon(); }, [&](error_code& ec) { o->fgetfilecon(ec); },
            [&](store h) { o->async_fgetfilecon(h); });
        BOOST_TEST(o->fgetfilecon() == label);
    }
    extended_dir& d = t.dir;
    const at_flags itself = at_flags::symlink_nofollow;
    t.each([&] { d.setfilecon("g", label); }, [&](error_code& ec) { d.setfilecon("g", label, ec); },
        [&](store h) { d.async_setfilecon("g", label, h); });
    t.each([&] { d.setfilecon("g", label, itself); },
        [&](error_code& ec) { d.setfilecon("g", label, itself, ec); },
        [&](store h) { d.async_setfilecon("g", label, itself, h); });
    t.each([&] { d.getfilecon("g"); }, [&](error_code& ec) { d.getfilecon("g", ec); },
        [&](store h) { d.async_getfilecon("g", h); });
    t.each([&] { d.getfilecon("g", itself); }, [&](error_code& ec) { d.getfilecon("g", itself, ec); },
        [&](store h) { d.async_getfilecon("g", itself, h); });
    BOOST_TEST(d.getfilecon("g") == label);
}

// The default token of the executor, where there is one.
BOOST_DATA_TEST_CASE(default_tokens, engines, engine)
{
    fixture t(engine);
    using coroutine = asio::use_awaitable_t<>;
    bool done = false;
    const auto work = [&]() -> asio::awaitable<void> {
        coroutine::as_default_on_t<extended_dir> dir(t.ctx, t.s.files.path());
        auto file = co_await dir.async_openat("f", extended_file::read_only);
        auto sub = co_await dir.async_opendirat(".", extended_dir::read_only, resolve_flags::beneath);
        std::array<char, 16> bytes;
        const std::size_t n = co_await file.async_read_some_at(0, asio::buffer(bytes));
        BOOST_TEST(n == 16u);
        const file_status by_path = co_await sub.async_statx("f");
        const file_status by_file = co_await file.async_statx(statx_mask::ino);
        BOOST_TEST(by_path.ino() == by_file.ino());
        co_await dir.async_mkdirat("new");
        co_await dir.async_renameat("new", sub, "newer");
        co_await file.async_close();
        co_await file.async_open(t.s.files / "f", extended_file::read_only);
        done = file.is_open();
    };
    asio::co_spawn(t.ctx, work, [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    t.ctx.run();
    BOOST_TEST(done);
}

BOOST_AUTO_TEST_SUITE_END()
