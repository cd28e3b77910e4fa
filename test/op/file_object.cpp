// SPDX-License-Identifier: BSL-1.0

// basic_extended_file: life, and its part in Asio's concepts. What the operations do is in the table.

#include "op/runner.hpp"

#include <asio_fs/extended_file.hpp>

#include <boost/asio/deferred.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_at.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/asio/write_at.hpp>

#include <array>
#include <filesystem>
#include <type_traits>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

using plain_executor = asio::io_context::executor_type;
using plain_file = basic_extended_file<plain_executor>;

static_assert(std::is_same_v<extended_file::rebind_executor<plain_executor>::other, plain_file>);
static_assert(std::is_nothrow_move_constructible_v<extended_file>);
static_assert(std::is_nothrow_move_assignable_v<extended_file>);
static_assert(!std::is_copy_constructible_v<extended_file>);
static_assert(!std::is_copy_assignable_v<extended_file>);
static_assert(std::is_constructible_v<extended_file, plain_file>);
static_assert(!std::is_constructible_v<plain_file, extended_file>);
static_assert(!std::is_constructible_v<extended_file, int>);

} // namespace

BOOST_AUTO_TEST_SUITE(file_object)

BOOST_AUTO_TEST_CASE(constructors)
{
    const std::size_t before = open_descriptors();
    {
        const scratch s;
        const std::string name = s.files.file("f", "content");
        asio::io_context ctx;
        extended_file closed_by_executor(ctx.get_executor());
        extended_file closed_by_context(ctx);
        BOOST_TEST(!closed_by_executor.is_open());
        BOOST_TEST(closed_by_context.native_handle() == -1);
        extended_file a(ctx.get_executor(), name, extended_file::read_only);
        extended_file b(ctx, std::filesystem::path(name), extended_file::read_only);
        extended_file c(ctx, (s.files / "new").c_str(), extended_file::write_only | extended_file::create);
        extended_file d(ctx, (s.files / "newer"), extended_file::write_only | extended_file::create, 0600);
        extended_file e(ctx.get_executor(), ::open(name.c_str(), O_RDONLY | O_CLOEXEC));
        extended_file f(ctx, ::open(name.c_str(), O_RDONLY | O_CLOEXEC));
        plain_file g(asio::make_strand(ctx).get_inner_executor(), name, extended_file::read_only);
        for (extended_file* file : {&a, &b, &c, &d, &e, &f})
        {
            BOOST_TEST(file->is_open());
            BOOST_TEST((file->get_executor() == ctx.get_executor()));
        }
        BOOST_TEST(s.stat("new").st_mode == (S_IFREG | 0644u));
        BOOST_TEST(s.stat("newer").st_mode == (S_IFREG | 0600u));
        BOOST_TEST((::fcntl(a.native_handle(), F_GETFD) & FD_CLOEXEC) != 0);
        BOOST_CHECK_THROW(extended_file(ctx, s.files / "missing", extended_file::read_only), system_error);
        BOOST_CHECK_THROW(extended_file(ctx, -1), system_error);
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(moves)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    asio::io_context ctx;
    extended_file a(ctx, name, extended_file::read_only);
    const int fd = a.native_handle();
    extended_file b = std::move(a);
    BOOST_TEST(!a.is_open());
    BOOST_TEST(b.native_handle() == fd);

    // A moved-from object can be used again.
    a.open(name, extended_file::read_only);
    const int second = a.native_handle();
    BOOST_TEST(second != fd);
    a = std::move(b);
    BOOST_TEST(a.native_handle() == fd);
    BOOST_TEST(::fcntl(second, F_GETFD) == -1);

    plain_file p(ctx, name, extended_file::read_only);
    const int third = p.native_handle();
    extended_file converted(std::move(p));
    BOOST_TEST(!p.is_open());
    BOOST_TEST(converted.native_handle() == third);
    p.open(name, extended_file::read_only);
    const int fourth = p.native_handle();
    converted = std::move(p);
    BOOST_TEST(converted.native_handle() == fourth);
    BOOST_TEST(::fcntl(third, F_GETFD) == -1);
}

BOOST_DATA_TEST_CASE(operations_follow_a_move, engines, engine)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    context ctx(engine);
    plain_file a(ctx, name, extended_file::read_only);
    std::array<char, 7> buffer{};
    error_code ec = asio::error::would_block;
    std::size_t bytes = 0;
    a.async_read_some_at(0, asio::buffer(buffer), [&](error_code e, std::size_t n) {
        ec = e;
        bytes = n;
    });
    extended_file b(std::move(a));
    ctx.run();
    BOOST_TEST(!ec);
    BOOST_TEST(bytes == 7u);
}

BOOST_AUTO_TEST_CASE(errors_have_three_forms)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    asio::io_context ctx;
    extended_file file(ctx, name, extended_file::read_only);

    error_code ec;
    file.ftruncate(0, ec);
    BOOST_TEST(ec == system_error_code(EINVAL));
    BOOST_CHECK_EXCEPTION(file.ftruncate(0), system_error,
        [](const system_error& e) { return e.code() == system_error_code(EINVAL); });
    error_code later;
    file.async_ftruncate(0, [&](error_code e) { later = e; });
    ctx.run();
    BOOST_TEST(later == system_error_code(EINVAL));

    BOOST_TEST(file.statx(ec).size() == 7u);
    BOOST_TEST(!ec);

    // What an exception says names the operation and the path.
    try
    {
        extended_file(ctx, s.files / "missing", extended_file::read_only);
        BOOST_ERROR("no exception");
    }
    catch (const system_error& e)
    {
        BOOST_TEST(std::string(e.what()).find("openat") != std::string::npos);
        BOOST_TEST(std::string(e.what()).find("missing") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(already_open)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    asio::io_context ctx;
    extended_file file(ctx, name, extended_file::read_only);
    const int fd = file.native_handle();
    error_code ec;
    // Nothing is truncated or created before the refusal.
    file.open(name, extended_file::write_only | extended_file::truncate, ec);
    BOOST_TEST(ec == asio::error::already_open);
    file.open(s.files / "new", extended_file::write_only | extended_file::create, 0600, ec);
    BOOST_TEST(ec == asio::error::already_open);
    BOOST_CHECK_THROW(file.open(name, extended_file::read_only), system_error);
    file.assign(1, ec);
    BOOST_TEST(ec == asio::error::already_open);
    BOOST_TEST(file.native_handle() == fd);
    BOOST_TEST(s.content("f") == "content");
    BOOST_TEST(!s.exists("new"));
}

BOOST_DATA_TEST_CASE(bad_descriptor_on_a_closed_file, engines, engine)
{
    context ctx(engine);
    extended_file file(ctx);
    std::array<char, 4> buffer{};
    error_code ec;
    file.read_some_at(0, asio::buffer(buffer), ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    file.fsync(ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    BOOST_CHECK_THROW(file.statx(), system_error);
    error_code a, b, c;
    extended_file other(ctx);
    file.async_read_some_at(0, asio::buffer(buffer), [&](error_code e, std::size_t) { a = e; });
    file.async_fchmod(0600, [&](error_code e) { b = e; });
    file.async_clone(other, [&](error_code e) { c = e; });
    BOOST_TEST(!a);
    ctx.run();
    BOOST_TEST(a == asio::error::bad_descriptor);
    BOOST_TEST(b == asio::error::bad_descriptor);
    BOOST_TEST(c == asio::error::bad_descriptor);

    file.close(ec);
    BOOST_TEST(!ec);
    BOOST_TEST(file.release() == -1);
    file.cancel();
}

BOOST_DATA_TEST_CASE(a_deferred_operation_finds_the_file_closed, engines, engine)
{
    const scratch s;
    context ctx(engine);
    extended_file file(ctx, s.files.file("f", "content"), extended_file::read_only);
    auto later = file.async_statx(asio::deferred);
    file.close();
    error_code ec;
    std::move(later)([&](error_code e, file_status) { ec = e; });
    ctx.run();
    BOOST_TEST(ec == asio::error::bad_descriptor);
}

BOOST_AUTO_TEST_CASE(release_gives_the_descriptor_away)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    asio::io_context ctx;
    extended_file file(ctx, name, extended_file::read_only);
    const int fd = file.native_handle();
    const unique_fd released(file.release());
    BOOST_TEST(released.get() == fd);
    BOOST_TEST(!file.is_open());
    BOOST_TEST(::fcntl(fd, F_GETFD) != -1);
}

BOOST_DATA_TEST_CASE(release_with_an_operation_in_flight, engines, engine)
{
    const scratch s;
    const std::string name = s.files.file("f", "content");
    const std::size_t before = open_descriptors();
    {
        context ctx(engine);
        extended_file file(ctx, name, extended_file::read_only);
        std::array<char, 7> buffer{};
        int calls = 0;
        file.async_read_some_at(0, asio::buffer(buffer), [&](error_code, std::size_t) { ++calls; });
        const unique_fd released(file.release());
        BOOST_TEST(::fcntl(released.get(), F_GETFD) != -1);
        ctx.run();
        BOOST_TEST(calls == 1);
        BOOST_TEST(::fcntl(released.get(), F_GETFD) != -1);
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(models_the_synchronous_concepts)
{
    const scratch s;
    asio::io_context ctx;
    extended_file file(ctx, s.files / "f", extended_file::read_write | extended_file::create);
    const std::string text(100000, 'x');
    BOOST_TEST(asio::write(file, asio::buffer(text)) == text.size());
    BOOST_TEST(asio::write_at(file, text.size(), asio::buffer("end\n", 4)) == 4u);
    std::string got(text.size() + 4, '\0');
    BOOST_TEST(asio::read_at(file, 0, asio::buffer(got)) == got.size());
    BOOST_TEST((got == text + "end\n"));
    error_code ec;
    std::array<char, 10> tail{};
    BOOST_TEST(asio::read(file, asio::buffer(tail), ec) == 4u);
    BOOST_TEST(ec == asio::error::eof);
}

BOOST_DATA_TEST_CASE(models_the_asynchronous_concepts, engines, engine)
{
    const scratch s;
    context ctx(engine);
    extended_file file(ctx, s.files / "f", extended_file::read_write | extended_file::create);
    const std::string text(100000, 'x');
    const std::array<asio::const_buffer, 2> two{asio::buffer(text), asio::buffer("end\n", 4)};

    std::size_t written = 0;
    asio::async_write_at(file, 10, two, [&](error_code ec, std::size_t n) {
        BOOST_TEST(!ec);
        written = n;
    });
    ctx.run();
    BOOST_TEST(written == text.size() + 4);

    std::string head(10, '\0'), tail(text.size() + 4, '\0');
    const std::array<asio::mutable_buffer, 2> parts{asio::buffer(head), asio::buffer(tail)};
    std::size_t read = 0;
    asio::async_read_at(file, 0, parts, [&](error_code ec, std::size_t n) {
        BOOST_TEST(!ec);
        read = n;
    });
    ctx.restart();
    ctx.run();
    BOOST_TEST(read == text.size() + 14);
    BOOST_TEST((head == std::string(10, '\0')));
    BOOST_TEST((tail == text + "end\n"));

    // The stream position is still at the beginning.
    asio::async_write(file, asio::buffer("0123456\n9", 9), [&](error_code ec, std::size_t n) {
        BOOST_TEST(!ec);
        written = n;
    });
    ctx.restart();
    ctx.run();
    BOOST_TEST(written == 9u);
    std::string rest;
    error_code last;
    asio::async_read(file, asio::dynamic_buffer(rest), [&](error_code ec, std::size_t n) {
        last = ec;
        read = n;
    });
    ctx.restart();
    ctx.run();
    BOOST_TEST(last == asio::error::eof);
    BOOST_TEST(read == text.size() + 5);

    extended_file again(ctx, s.files / "f", extended_file::read_only);
    std::string line;
    asio::async_read_until(again, asio::dynamic_buffer(line), '\n', [&](error_code ec, std::size_t n) {
        BOOST_TEST(!ec);
        read = n;
    });
    ctx.restart();
    ctx.run();
    BOOST_TEST(read == 8u);
}

BOOST_DATA_TEST_CASE(end_of_file_and_empty_buffers, engines, engine)
{
    const scratch s;
    context ctx(engine);
    extended_file file(ctx, s.files.file("f", "abc"), extended_file::read_write);
    std::array<char, 8> buffer{};
    error_code ec;
    BOOST_TEST(file.read_some(asio::buffer(buffer), ec) == 3u);
    BOOST_TEST(!ec);
    BOOST_TEST(file.read_some(asio::buffer(buffer), ec) == 0u);
    BOOST_TEST(ec == asio::error::eof);
    BOOST_TEST(file.read_some(asio::mutable_buffer(), ec) == 0u);
    BOOST_TEST(!ec);
    BOOST_TEST(file.write_some(asio::const_buffer(), ec) == 0u);
    BOOST_TEST(!ec);

    error_code at_end, empty = asio::error::would_block;
    file.async_read_some_at(3, asio::buffer(buffer), [&](error_code e, std::size_t) { at_end = e; });
    file.async_read_some_at(3, asio::buffer(buffer, 0), [&](error_code e, std::size_t) { empty = e; });
    ctx.run();
    BOOST_TEST(at_end == asio::error::eof);
    BOOST_TEST(!empty);
}

BOOST_DATA_TEST_CASE(two_files_with_executors_of_their_own, engines, engine)
{
    const scratch s;
    context ctx(engine);
    extended_file from(ctx, s.files.file("from", "0123456789"), extended_file::read_only);
    basic_extended_file<asio::strand<plain_executor>> to(
        asio::make_strand(ctx), s.files / "to", extended_file::write_only | extended_file::create);
    std::size_t copied = 0;
    error_code ec;
    const auto store = [&](error_code e, std::size_t n) {
        ec = e;
        copied = n;
    };
    from.async_copy_file_range(to, 2, 0, 100, store);
    ctx.run();
    BOOST_TEST(!ec);
    BOOST_TEST(copied == 8u);
    BOOST_TEST(s.content("to") == "23456789");

    // Neither number can become another file's before the operation is over, one way or the other.
    from.async_copy_file_range(to, 0, 0, 100, store);
    from.close();
    to.close();
    const unique_fd a = s.file("a", ""), b = s.file("b", "");
    ctx.restart();
    ctx.run();
    BOOST_TEST((!ec || ec == asio::error::operation_aborted));
    BOOST_TEST(s.content("to") == (ec ? "23456789" : "0123456789"));
    BOOST_TEST(s.content("a") == "");
    BOOST_TEST(s.content("b") == "");
}

BOOST_AUTO_TEST_CASE(futures)
{
    const scratch s;
    asio::io_context ctx;
    extended_file file(ctx, s.files.file("f", "abc"), extended_file::read_only);
    auto status = file.async_statx(asio::use_future);
    auto truncated = file.async_ftruncate(0, asio::use_future);
    ctx.run();
    BOOST_TEST(status.get().size() == 3u);
    BOOST_CHECK_THROW(truncated.get(), system_error);
}

BOOST_AUTO_TEST_SUITE_END()
