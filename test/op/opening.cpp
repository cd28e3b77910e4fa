// SPDX-License-Identifier: BSL-1.0

// async_open: into an object that may be moved, closed, opened or gone when the file is open.

#include "op/runner.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/strand.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// A file, a fifo that nobody writes, and an io_context whose engine is chosen.
struct fixture
{
    explicit fixture(engine_choice e) : ctx(e), before(open_descriptors_in_use(ctx))
    {
        s.files.file("f", "content");
        BOOST_TEST_REQUIRE(::mkfifoat(s.dir(), "fifo", 0600) == 0);
    }

    auto store(error_code& ec)
    {
        ec = asio::error::would_block;   // until the handler is called
        return [&ec](error_code e) { ec = e; };
    }

    scratch s;
    context ctx;
    std::size_t before;
};

// Where a path leads: to an inode, or to an error.
struct place
{
    error_code ec;
    std::uint64_t ino = 0;
};

inline place at_inode(const struct ::stat& s) { return {{}, s.st_ino}; }

// Opens in all three forms, which must lead to the same place.
template <class Open, class Start>
void leads_to(const place& expected, context& ctx, Open open, Start start)
{
    const auto is_expected = [&](const error_code& ec, auto& object) {
        BOOST_TEST(ec == expected.ec);
        BOOST_TEST(object.is_open() == !expected.ec);
        if (object.is_open())
            BOOST_TEST(object.statx().ino() == expected.ino);
    };
    error_code ec = asio::error::would_block;
    auto object = open(ec);
    is_expected(ec, object);

    if (expected.ec)
        BOOST_CHECK_EXCEPTION(open(), system_error, [&](auto& e) { return e.code() == expected.ec; });
    else if (auto opened = open(); true)
        is_expected({}, opened);

    bool called = false;
    start([&](error_code e, auto opened) {
        called = true;
        is_expected(e, opened);
    });
    ctx.restart();
    ctx.run();
    BOOST_TEST(called);
}

void openat_leads(fixture& t, extended_dir& dir, std::string path, resolve_flags limit, place expected)
{
    BOOST_TEST_CONTEXT("openat " << path)
    leads_to(expected, t.ctx,
        [&](auto&... ec) { return dir.openat(path, extended_file::read_only, limit, ec...); },
        [&](auto handler) { dir.async_openat(path, extended_file::read_only, limit, handler); });
}

void opendirat_leads(fixture& t, extended_dir& dir, std::string path, resolve_flags limit, place expected)
{
    BOOST_TEST_CONTEXT("opendirat " << path)
    leads_to(expected, t.ctx,
        [&](auto&... ec) { return dir.opendirat(path, extended_dir::read_only, limit, ec...); },
        [&](auto handler) { dir.async_opendirat(path, extended_dir::read_only, limit, handler); });
}

// From the current directory, into an Object.
template <class Object>
void open_leads(fixture& t, std::string path, resolve_flags limit, place expected)
{
    BOOST_TEST_CONTEXT("open " << path)
    leads_to(expected, t.ctx,
        [&](auto&... ec) {
            Object object(t.ctx);
            object.open(path, Object::read_only, limit, ec...);
            return object;
        },
        [&](auto handler) {
            auto object = std::make_shared<Object>(t.ctx);
            object->async_open(path, Object::read_only, limit,
                [object, handler](error_code ec) { handler(ec, std::move(*object)); });
        });
}

} // namespace

BOOST_AUTO_TEST_SUITE(opening)

BOOST_DATA_TEST_CASE(opens, engines, engine)
{
    fixture t(engine);
    extended_file file(t.ctx);
    error_code ec;
    bool open_in_handler = false;
    file.async_open(t.s.files / "f", extended_file::read_only, [&](error_code e) {
        ec = e;
        open_in_handler = file.is_open();
    });
    BOOST_TEST(!file.is_open());
    t.ctx.run();
    BOOST_TEST(!ec);
    BOOST_TEST(open_in_handler);
    BOOST_TEST(file.statx().size() == 7u);

    extended_file made(t.ctx);
    made.async_open(t.s.files / "new", extended_file::write_only | extended_file::create, 0640, t.store(ec));
    t.ctx.restart();
    t.ctx.run();
    BOOST_TEST(!ec);
    BOOST_TEST(t.s.stat("new").st_mode == (S_IFREG | 0640u));

    extended_dir dir(t.ctx);
    dir.async_open(t.s.files.path(), t.store(ec));
    t.ctx.restart();
    t.ctx.run();
    BOOST_TEST(!ec);
    BOOST_TEST(dir.statx("f").size() == 7u);
    extended_dir not_a_dir(t.ctx);
    not_a_dir.async_open(t.s.files / "f", t.store(ec));
    t.ctx.restart();
    t.ctx.run();
    BOOST_TEST(ec == system_error_code(ENOTDIR));
    BOOST_TEST(!not_a_dir.is_open());
}

BOOST_DATA_TEST_CASE(goes_no_further_than_allowed, engines, engine)
{
    fixture t(engine);
    const std::string link = t.s.files / "link", loop = t.s.files / "dir_link";
    BOOST_TEST_REQUIRE(::symlinkat("f", t.s.dir(), "link") == 0);
    BOOST_TEST_REQUIRE(::symlinkat(".", t.s.dir(), "dir_link") == 0);
    const auto read = extended_file::read_only;
    const auto create = extended_file::write_only | extended_file::create;
    const auto no_links = resolve_flags::no_symlinks;
    const auto beneath = resolve_flags::beneath;
    const error_code too_far = system_error_code(EXDEV), is_link = system_error_code(ELOOP);
    {
        extended_file file(t.ctx);
        extended_dir dir(t.ctx);
        error_code a, b, c, d, made;
        file.open(link, read, 0, no_links, a);
        file.open(t.s.files / "f", read, 0, beneath, b);
        dir.open(loop, read, no_links, c);
        dir.open("..", read, beneath, d);
        BOOST_TEST(a == is_link);
        BOOST_TEST(b == too_far);
        BOOST_TEST(c == is_link);
        BOOST_TEST(d == too_far);
        BOOST_CHECK_THROW(file.open(link, read, 0, no_links), system_error);
        BOOST_CHECK_THROW(extended_file(t.ctx, link, read, 0, no_links), system_error);
        BOOST_CHECK_THROW(extended_file(t.ctx.get_executor(), link, read, 0, no_links), system_error);
        BOOST_CHECK_THROW(dir.open(loop, read, no_links), system_error);
        BOOST_CHECK_THROW(extended_dir(t.ctx, loop, read, no_links), system_error);
        BOOST_CHECK_THROW(extended_dir(t.ctx.get_executor(), loop, read, no_links), system_error);

        file.async_open(link, read, 0, no_links, t.store(a));
        file.async_open(t.s.files / "new", create, 0600, beneath, t.store(b));
        dir.async_open(loop, read, no_links, t.store(c));
        dir.async_open("..", read, beneath, t.store(d));
        t.ctx.run();
        BOOST_TEST(a == is_link);
        BOOST_TEST(b == too_far);
        BOOST_TEST(c == is_link);
        BOOST_TEST(d == too_far);
        BOOST_TEST(!file.is_open());
        BOOST_TEST(!dir.is_open());
        BOOST_TEST(!t.s.exists("new"));

        file.async_open(t.s.files / "new", create, 0640, no_links, t.store(made));
        t.ctx.restart();
        t.ctx.run();
        BOOST_TEST(!made);
        BOOST_TEST(t.s.stat("new").st_mode == (S_IFREG | 0640u));
        file.async_open(t.s.files / "newer", create, 0640, no_links, t.store(a));
        file.open(t.s.files / "newer", create, 0640, no_links, b);
        t.ctx.restart();
        t.ctx.run();
        BOOST_TEST(a == asio::error::already_open);
        BOOST_TEST(b == asio::error::already_open);
        BOOST_TEST(!t.s.exists("newer"));
        BOOST_TEST(extended_file(t.ctx, t.s.files / "f", read, 0, no_links).statx().size() == 7u);
        BOOST_TEST(extended_dir(t.ctx, t.s.files.path(), read, no_links).statx("f").size() == 7u);
        // Without limits, links are followed.
        BOOST_TEST(extended_file(t.ctx, link, read).statx().size() == 7u);
        BOOST_TEST(extended_dir(t.ctx, loop).statx("f").size() == 7u);
    }
    BOOST_TEST(open_descriptors() == t.before);
}

BOOST_DATA_TEST_CASE(stays_on_its_mount, engines, engine)
{
    fixture t(engine);
    struct ::stat root = {}, proc = {}, here = {};
    BOOST_TEST_REQUIRE(::stat("/", &root) == 0);
    BOOST_TEST_REQUIRE(::stat("/proc", &proc) == 0);
    BOOST_TEST_REQUIRE(::stat(".", &here) == 0);
    BOOST_TEST_REQUIRE(root.st_dev != proc.st_dev);
    const auto limit = resolve_flags::no_xdev;
    const place too_far{system_error_code(EXDEV)};
    extended_dir top(t.ctx, "/"), dir(t.ctx, t.s.files.path());

    openat_leads(t, top, "proc/version", limit, too_far);
    opendirat_leads(t, top, "proc", limit, too_far);
    open_leads<extended_file>(t, "/proc/version", limit, too_far);
    open_leads<extended_dir>(t, "/proc", limit, too_far);

    openat_leads(t, dir, "f", limit, at_inode(t.s.stat("f")));
    opendirat_leads(t, dir, ".", limit, at_inode(t.s.stat(".")));
    open_leads<extended_file>(t, ".", limit, at_inode(here));
    open_leads<extended_dir>(t, ".", limit, at_inode(here));
    opendirat_leads(t, top, "proc", resolve_flags::none, at_inode(proc));
}

BOOST_DATA_TEST_CASE(takes_the_directory_for_the_root, engines, engine)
{
    fixture t(engine);
    BOOST_TEST_REQUIRE(::mkdirat(t.s.dir(), "sub", 0700) == 0);
    BOOST_TEST_REQUIRE(::symlinkat("/f", t.s.dir(), "link") == 0);
    BOOST_TEST_REQUIRE(::symlinkat("../../sub", t.s.dir(), "sub/dir_link") == 0);
    struct ::stat here = {};
    BOOST_TEST_REQUIRE(::stat(".", &here) == 0);
    const auto limit = resolve_flags::in_root;
    const place file = at_inode(t.s.stat("f")), sub = at_inode(t.s.stat("sub"));
    const place none{system_error_code(ENOENT)};
    extended_dir dir(t.ctx, t.s.files.path());

    for (const char* path : {"f", "/f", "../f", "sub/../../../f", "link"})
        openat_leads(t, dir, path, limit, file);
    for (const char* path : {"/sub", "../sub", "sub/dir_link"})
        opendirat_leads(t, dir, path, limit, sub);
    for (const char* path : {"/", ".."})
        opendirat_leads(t, dir, path, limit, at_inode(t.s.stat(".")));
    openat_leads(t, dir, t.s.files / "f", limit, none);
    opendirat_leads(t, dir, "/proc", limit, none);

    // Without a directory of its own, the current one is the root.
    for (const char* path : {"/", "..", "../../.", "."})
    {
        open_leads<extended_file>(t, path, limit, at_inode(here));
        open_leads<extended_dir>(t, path, limit, at_inode(here));
    }
    open_leads<extended_file>(t, t.s.files / "f", limit, none);
    open_leads<extended_dir>(t, t.s.files.path(), limit, none);
}

BOOST_DATA_TEST_CASE(fails, engines, engine)
{
    fixture t(engine);
    extended_file file(t.ctx);
    error_code a, b;
    file.async_open(t.s.files / "missing", extended_file::read_only, t.store(a));
    file.async_open(std::string_view("a\0b", 3), extended_file::read_only, t.store(b));
    t.ctx.run();
    BOOST_TEST(a == system_error_code(ENOENT));
    BOOST_TEST(b == system_error_code(EINVAL));
    BOOST_TEST(!file.is_open());
}

BOOST_DATA_TEST_CASE(refuses_an_open_object, engines, engine)
{
    fixture t(engine);
    {
        extended_file file(t.ctx, t.s.files / "f", extended_file::read_only);
        error_code a, b;
        file.async_open(t.s.files / "f", extended_file::write_only | extended_file::truncate, t.store(a));
        file.async_open(t.s.files / "new", extended_file::write_only | extended_file::create, t.store(b));
        t.ctx.run();
        BOOST_TEST(a == asio::error::already_open);
        BOOST_TEST(b == asio::error::already_open);
        BOOST_TEST(t.s.content("f") == "content");
        BOOST_TEST(!t.s.exists("new"));
    }
    BOOST_TEST(open_descriptors() == t.before);
}

BOOST_DATA_TEST_CASE(the_first_of_two_wins, engines, engine)
{
    fixture t(engine);
    extended_file file(t.ctx);
    error_code a, b;
    file.async_open(t.s.files / "f", extended_file::read_only, t.store(a));
    file.async_open(t.s.files / "f", extended_file::read_only, t.store(b));
    t.ctx.run();
    BOOST_TEST((!a != !b));
    BOOST_TEST((a ? a : b) == asio::error::already_open);
    BOOST_TEST(file.is_open());
    file.close();
    BOOST_TEST(open_descriptors() == t.before);
}

BOOST_DATA_TEST_CASE(follows_a_move, engines, engine)
{
    fixture t(engine);
    using plain_file = basic_extended_file<asio::io_context::executor_type>;
    error_code a;
    plain_file first(t.ctx);
    first.async_open(t.s.files / "f", extended_file::read_only, t.store(a));
    plain_file second(std::move(first));
    plain_file third(t.ctx, t.s.files / "f", extended_file::read_only);
    third = std::move(second);
    extended_file fourth(std::move(third));
    extended_file fifth(t.ctx);
    fifth = std::move(fourth);
    t.ctx.run();
    BOOST_TEST(!a);
    BOOST_TEST(fifth.is_open());
    BOOST_TEST(!first.is_open());
    BOOST_TEST(!third.is_open());
    BOOST_TEST(!fourth.is_open());
}

BOOST_DATA_TEST_CASE(is_abandoned_by_close_and_destruction, engines, engine)
{
    fixture t(engine);
    {
        error_code a, b, c, d;
        extended_file closed(t.ctx);
        closed.async_open(t.s.files / "f", extended_file::read_only, t.store(a));
        closed.close();
        std::optional<extended_file> destroyed(std::in_place, t.ctx);
        destroyed->async_open(t.s.files / "f", extended_file::read_only, t.store(b));
        destroyed.reset();
        extended_file assigned(t.ctx);
        assigned.async_open(t.s.files / "f", extended_file::read_only, t.store(c));
        assigned = extended_file(t.ctx);
        extended_file closed_later(t.ctx);
        closed_later.async_open(t.s.files / "f", extended_file::read_only, t.store(d));
        error_code e = asio::error::would_block;
        closed_later.async_close(t.store(e));
        t.ctx.run();
        for (const error_code& ec : {a, b, c, d})
            BOOST_TEST(ec == asio::error::operation_aborted);
        BOOST_TEST(e == asio::error::bad_descriptor);
        BOOST_TEST(!closed.is_open());
        BOOST_TEST(!assigned.is_open());

        // The object can be opened again at once.
        closed.async_open(t.s.files / "f", extended_file::read_only, t.store(a));
        t.ctx.restart();
        t.ctx.run();
        BOOST_TEST(!a);
        BOOST_TEST(closed.is_open());
    }
    BOOST_TEST(open_descriptors() == t.before);
}

// Closed between the moment the file is open and the moment the handler runs: the handler's executor is slow.
BOOST_DATA_TEST_CASE(is_abandoned_late, engines, engine)
{
    fixture t(engine);
    {
        asio::io_context slow;
        extended_file file(t.ctx);
        error_code ec;
        file.async_open(t.s.files / "f", extended_file::read_only, asio::bind_executor(slow, t.store(ec)));
        t.ctx.run();
        BOOST_TEST(ec == asio::error::would_block);
        file.close();
        slow.run();
        BOOST_TEST(ec == asio::error::operation_aborted);
        BOOST_TEST(!file.is_open());
    }
    BOOST_TEST(open_descriptors() == t.before);
}

// Opening a fifo for reading waits for a writer, which never comes.
BOOST_DATA_TEST_CASE(waits_can_be_cancelled, engines, engine)
{
    fixture t(engine);
    {
        error_code a, b;
        asio::cancellation_signal signal;
        extended_file first(t.ctx), second(t.ctx);
        first.async_open(
            t.s.files / "fifo", extended_file::read_only, asio::bind_cancellation_slot(signal.slot(),
                t.store(a)));
        second.async_open(t.s.files / "fifo", extended_file::read_only, t.store(b));
        t.ctx.run_for(std::chrono::milliseconds(50));
        BOOST_TEST(a == asio::error::would_block);
        BOOST_TEST(b == asio::error::would_block);
        signal.emit(asio::cancellation_type::total);
        second.cancel();
        t.ctx.restart();
        t.ctx.run();
        BOOST_TEST(a == asio::error::operation_aborted);
        BOOST_TEST(b == asio::error::operation_aborted);
        BOOST_TEST(!first.is_open());
        BOOST_TEST(!second.is_open());
    }
    BOOST_TEST(open_descriptors() == t.before);
}

BOOST_DATA_TEST_CASE(the_context_ends_first, engines, engine)
{
    scratch s;
    const std::string name = s.files.file("f", "content");
    const std::size_t before = open_descriptors();
    {
        auto ctx = std::make_unique<context>(engine);
        // Each handler owns its object, and both go when the context does.
        for (int i = 0; i != 20; ++i)
        {
            auto file = std::make_shared<extended_file>(*ctx);
            file->async_open(name, extended_file::read_only, [file](error_code) {});
        }
        ctx->poll();
        ctx.reset();
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_DATA_TEST_CASE(runs_on_the_handlers_executor, engines, engine)
{
    fixture t(engine);
    auto strand = asio::make_strand(t.ctx);
    extended_file file(t.ctx);
    bool there = false;
    file.async_open(t.s.files / "f", extended_file::read_only,
        asio::bind_executor(strand, [&](error_code) { there = strand.running_in_this_thread(); }));
    t.ctx.run();
    BOOST_TEST(there);
}

BOOST_AUTO_TEST_SUITE_END()
