// SPDX-License-Identifier: BSL-1.0

// basic_extended_dir: life, and what it opens. What the operations do is in the table.

#include "op/runner.hpp"

#include <asio_fs/extended_dir.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write_at.hpp>

#include <set>
#include <type_traits>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

using plain_executor = asio::io_context::executor_type;
using plain_dir = basic_extended_dir<plain_executor>;

static_assert(std::is_same_v<extended_dir::rebind_executor<plain_executor>::other, plain_dir>);
static_assert(std::is_nothrow_move_constructible_v<extended_dir>);
static_assert(std::is_nothrow_move_assignable_v<extended_dir>);
static_assert(!std::is_copy_constructible_v<extended_dir>);
static_assert(std::is_constructible_v<extended_dir, plain_dir>);
static_assert(!std::is_constructible_v<plain_dir, extended_dir>);

void rethrow(std::exception_ptr e)
{
    if (e)
        std::rethrow_exception(e);
}

} // namespace

BOOST_AUTO_TEST_SUITE(dir_object)

BOOST_AUTO_TEST_CASE(constructors_and_moves)
{
    const std::size_t before = open_descriptors();
    {
        const scratch s;
        s.file("f");
        asio::io_context ctx;
        extended_dir closed(ctx);
        BOOST_TEST(!closed.is_open());
        extended_dir a(ctx, s.files.path());
        extended_dir b(ctx.get_executor(), s.files.path(), extended_dir::path_only);
        extended_dir c(ctx, ::dup(s.dir()));
        plain_dir d(ctx, s.files.path());
        extended_dir e(std::move(d));
        BOOST_TEST(!d.is_open());
        extended_dir f(ctx);
        f = std::move(e);
        f = plain_dir(ctx, s.files.path());
        for (extended_dir* dir : {&a, &b, &c, &f})
            BOOST_TEST(dir->statx("f").is_regular());
        BOOST_TEST((::fcntl(a.native_handle(), F_GETFD) & FD_CLOEXEC) != 0);
        BOOST_CHECK_THROW(extended_dir(ctx, s.files / "f"), system_error);
        BOOST_CHECK_THROW(extended_dir(ctx, s.files / "missing"), system_error);
        error_code ec;
        a.open(s.files.path(), ec);
        BOOST_TEST(ec == asio::error::already_open);
        dir_batch batch;
        b.readdir(batch, ec);
        BOOST_TEST(ec == asio::error::bad_descriptor);   // a path_only descriptor
    }
    BOOST_TEST(open_descriptors() == before);
}

// With an absolute path the kernel would not look at the descriptor.
BOOST_DATA_TEST_CASE(bad_descriptor_on_a_closed_directory, engines, engine)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    context ctx(engine);
    extended_dir dir(ctx);
    error_code ec;
    for (const std::string& path : {std::string("f"), name})
    {
        dir.statx(path, ec);
        BOOST_TEST(ec == asio::error::bad_descriptor);
        BOOST_TEST(!dir.openat(path, extended_file::read_only, ec).is_open());
        BOOST_TEST(ec == asio::error::bad_descriptor);
        BOOST_CHECK_THROW(dir.openat(path, extended_file::read_only), system_error);
        BOOST_CHECK_THROW(dir.unlinkat(path), system_error);
        error_code a, b;
        dir.async_unlinkat(path, [&](error_code e) { a = e; });
        dir.async_openat(path, extended_file::read_only, [&](error_code e, extended_file f) {
            b = e;
            BOOST_TEST(!f.is_open());
        });
        ctx.restart();
        ctx.run();
        BOOST_TEST(a == asio::error::bad_descriptor);
        BOOST_TEST(b == asio::error::bad_descriptor);
    }
    BOOST_TEST(s.exists("f"));
}

BOOST_AUTO_TEST_CASE(opens_files_and_directories)
{
    const scratch s;
    asio::io_context ctx;
    plain_dir dir(ctx, s.files.path());
    dir.mkdirat("sub");
    plain_dir sub = dir.opendirat("sub");
    basic_extended_file<plain_executor> file = sub.openat("f",
        extended_file::read_write | extended_file::create);
    BOOST_TEST(file.write_some(asio::buffer("abc", 3)) == 3u);
    BOOST_TEST(dir.statx("sub/f").size() == 3u);
    BOOST_TEST(sub.opendirat("..").statx("sub").is_directory());

    error_code ec;
    BOOST_TEST(!sub.openat("..", extended_file::read_only, 0, resolve_flags::beneath, ec).is_open());
    BOOST_TEST(ec == system_error_code(EXDEV));
    BOOST_TEST(!sub.opendirat("..", extended_dir::read_only, resolve_flags::beneath, ec).is_open());
    BOOST_TEST(ec == system_error_code(EXDEV));
    BOOST_TEST(sub.openat("f", extended_file::read_only, 0, resolve_flags::beneath).is_open());
    BOOST_TEST(dir.opendirat("sub", extended_dir::read_only, resolve_flags::no_symlinks).is_open());
    BOOST_TEST(!dir.opendirat("sub/f", ec).is_open());
    BOOST_TEST(ec == system_error_code(ENOTDIR));
    BOOST_CHECK_THROW(dir.opendirat("missing"), system_error);
}

BOOST_DATA_TEST_CASE(a_coroutine_builds_a_tree, engines, engine)
{
    const std::size_t before = open_descriptors();
    {
        const scratch s;
        context ctx(engine);
        bool done = false;
        const auto work = [&]() -> asio::awaitable<void> {
            extended_dir dir(ctx, s.files.path());
            co_await dir.async_mkdirat("d", asio::use_awaitable);
            extended_dir d = co_await dir.async_opendirat("d", asio::use_awaitable);
            auto file = co_await d.async_openat(
                "f", extended_file::read_write | extended_file::create, asio::use_awaitable);
            co_await asio::async_write_at(file, 0, asio::buffer("hello", 5), asio::use_awaitable);
            co_await file.async_fchmod(0600, asio::use_awaitable);
            co_await d.async_linkat("f", dir, "g", asio::use_awaitable);
            co_await dir.async_symlinkat("d/f", "l", asio::use_awaitable);
            const std::string target = co_await dir.async_readlinkat("l", asio::use_awaitable);
            BOOST_TEST(target == "d/f");
            const file_status status = co_await dir.async_statx("l", asio::use_awaitable);
            BOOST_TEST(status.nlink() == 2u);
            co_await dir.async_renameat("g", d, "h", rename_flags::no_replace, asio::use_awaitable);
            co_await dir.async_mkfifoat("fifo", asio::use_awaitable);
            co_await dir.async_utimensat("l", {.mtime = {1, 2}}, at_flags::symlink_nofollow,
                asio::use_awaitable);

            std::set<std::string> names;
            dir_batch batch;
            while (co_await dir.async_readdir(batch, asio::use_awaitable) != 0)
                for (const dir_entry& e : batch)
                    names.emplace(e.name);
            BOOST_TEST((names == std::set<std::string>{"d", "fifo", "l"}));

            auto beneath = co_await dir.async_openat(
                "d/f", extended_file::read_only, 0, resolve_flags::beneath, asio::use_awaitable);
            BOOST_TEST(beneath.statx().size() == 5u);
            auto again = co_await dir.async_opendirat(
                "d", extended_dir::read_only, resolve_flags::no_symlinks, asio::use_awaitable);
            co_await again.async_unlinkat("h", asio::use_awaitable);
            co_await again.async_unlinkat("f", asio::use_awaitable);
            co_await dir.async_unlinkat("d", at_flags::remove_dir, asio::use_awaitable);
            done = true;
        };
        asio::co_spawn(ctx, work, &rethrow);
        ctx.run();
        BOOST_TEST(done);
        BOOST_TEST(!s.exists("d"));
        BOOST_TEST(s.stat("l").st_mtim.tv_nsec == 2);
    }
    BOOST_TEST(open_descriptors() == before);
}

// Nobody takes the results of these.
BOOST_DATA_TEST_CASE(an_untaken_file_is_closed, engines, engine)
{
    const scratch s;
    s.file("f");
    const std::size_t without_context = open_descriptors();
    {
        context ctx(engine);
        extended_dir dir(ctx, s.files.path());
        const std::size_t before = open_descriptors_in_use(ctx);
        for (int i = 0; i != 10; ++i)
        {
            dir.async_openat("f", extended_file::read_only, asio::detached);
            dir.async_openat("f", extended_file::read_only, [](error_code, const extended_file&) {});
        }
        ctx.run();
        BOOST_TEST(open_descriptors() == before);
        for (int i = 0; i != 10; ++i)
            dir.async_openat("f", extended_file::read_only, asio::detached);
        dir.cancel();
        ctx.restart();
        ctx.run();
        BOOST_TEST(open_descriptors() == before);
        for (int i = 0; i != 10; ++i)
            dir.async_openat("f", extended_file::read_only, asio::detached);
        ctx.restart();
        ctx.poll_one();
    }
    BOOST_TEST(open_descriptors() == without_context);
}

BOOST_AUTO_TEST_SUITE_END()
