// SPDX-License-Identifier: BSL-1.0

// Everything that Asio's own files can do, as templates: what compiles with asio::basic_stream_file and
// asio::basic_random_access_file must compile with ours, and do the same.

#include "op/runner.hpp"

#include <asio_fs/extended_file.hpp>

#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/random_access_file.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_at.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/stream_file.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/asio/write_at.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#if defined(BOOST_ASIO_HAS_FILE)

using namespace asio_fs;
using namespace asio_fs::test;

namespace surface_test {

using io_executor = asio::io_context::executor_type;

struct store_size
{
    void operator()(error_code e, std::size_t n)
    {
        *ec = e;
        *size = n;
    }

    error_code* ec;
    std::size_t* size;
    std::unique_ptr<int> only_moved = {};
};

// The types and constants.
template <class File>
void has_asios_names()
{
    static_assert(std::is_same_v<typename File::executor_type, asio::any_io_executor>);
    static_assert(std::is_same_v<typename File::native_handle_type, int>);
    using rebound = typename File::template rebind_executor<io_executor>::other;
    static_assert(std::is_same_v<typename rebound::executor_type, io_executor>);
    static_assert(std::is_nothrow_move_constructible_v<File>);
    static_assert(!std::is_copy_constructible_v<File> && !std::is_copy_assignable_v<File>);
    static_assert(std::is_constructible_v<File, rebound&&> && std::is_assignable_v<File&, rebound&&>);
    static_assert(!std::is_constructible_v<rebound, File&&> && !std::is_assignable_v<rebound&, File&&>);

    typename File::flags flags = File::read_only | File::create | File::exclusive | File::truncate;
    flags = File::read_write & File::write_only;
    flags |= File::append;
    flags &= ~File::append;
    flags ^= File::sync_all_on_write;
    BOOST_TEST((flags == (File::sync_all_on_write ^ (File::read_write & File::write_only))));
    const typename File::seek_basis from = File::seek_set;
    BOOST_TEST(from != File::seek_cur);
    BOOST_TEST(from != File::seek_end);
}

template <class File>
void has_asios_constructors(asio::io_context& ctx, const scratch& s)
{
    const auto& any = ctx.get_executor();
    const std::string path = s.files / "made";
    const char* c_path = path.c_str();
    const auto how = File::read_write | File::create;
    File a(ctx), b(any);
    BOOST_TEST(!a.is_open());
    File c(ctx, c_path, how), d(any, c_path, how), e(ctx, path, how), f(any, path, how);
    BOOST_TEST(f.is_open());
    using native = typename File::native_handle_type;
    const native first = ::dup(c.native_handle()), second = ::dup(c.native_handle());
    File g(ctx, first), h(any, second);
    BOOST_TEST(h.native_handle() == second);

    File moved(std::move(c));
    a = std::move(moved);
    BOOST_TEST(a.is_open());
    BOOST_TEST(!moved.is_open());
    using rebound = typename File::template rebind_executor<io_executor>::other;
    rebound plain(ctx, path, how), other(ctx, path, how);
    File converted(std::move(plain));
    converted = std::move(other);
    BOOST_TEST(converted.is_open());
    BOOST_CHECK_THROW(File(ctx, s.files / "missing", File::read_only), system_error);
}

template <class File>
void has_asios_members(asio::io_context& ctx, const scratch& s)
{
    const std::string path = s.files / "members";
    File file(ctx);
    const auto how = File::read_write | File::create | File::truncate;
    error_code ec;
    const typename File::executor_type ex = file.get_executor();
    BOOST_TEST((ex == ctx.get_executor()));
    file.open(path.c_str(), how);
    BOOST_CHECK_THROW(file.open(path, how), system_error);
    file.open(path, how, ec);
    BOOST_TEST(ec == asio::error::already_open);
    file.open(path.c_str(), how, ec);
    BOOST_TEST(ec == asio::error::already_open);

    BOOST_TEST(std::as_const(file).is_open());
    file.resize(100);
    BOOST_TEST(std::as_const(file).size() == 100u);
    file.resize(50, ec);
    BOOST_TEST(std::as_const(file).size(ec) == 50u);
    BOOST_TEST(!ec);
    file.sync_all();
    file.sync_all(ec);
    file.sync_data();
    file.sync_data(ec);
    BOOST_TEST(!ec);
    file.cancel();
    file.cancel(ec);

    file.close();
    file.close(ec);
    BOOST_TEST(!ec);
    BOOST_CHECK_THROW(file.size(), system_error);
    BOOST_TEST(file.size(ec) == 0u);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    file.resize(1, ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    file.sync_all(ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);
    file.sync_data(ec);
    BOOST_TEST(ec == asio::error::bad_descriptor);

    const typename File::native_handle_type fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    file.assign(fd);
    BOOST_CHECK_THROW(file.assign(fd), system_error);
    file.assign(fd, ec);
    BOOST_TEST(ec == asio::error::already_open);
    BOOST_TEST(file.native_handle() == fd);
    BOOST_TEST(file.release() == fd);
    file.assign(fd, ec);
    BOOST_TEST(file.release(ec) == fd);
    BOOST_TEST(!file.is_open());
    ::close(fd);
}

template <class File>
void is_asios_stream(asio::io_context& ctx, const scratch& s)
{
    File file(ctx, s.files / "stream", File::read_write | File::create | File::truncate);
    std::array<char, 32> bytes{};
    const asio::mutable_buffer room = asio::buffer(bytes);
    const std::array<asio::mutable_buffer, 2> rooms{asio::buffer(bytes, 2), asio::buffer(bytes, 3)};
    const asio::const_buffer text = asio::buffer("0123456789\n", 11);
    error_code ec;
    std::size_t n = 0;
    const auto run = [&] {
        ctx.restart();
        ctx.run();
    };

    BOOST_TEST(file.write_some(text) == 11u);
    BOOST_TEST(file.write_some(text, ec) == 11u);
    file.async_write_some(text, store_size{&ec, &n});
    run();
    BOOST_TEST(n == 11u);
    BOOST_TEST(file.seek(0, File::seek_cur) == 33u);
    BOOST_TEST(file.seek(-3, File::seek_end, ec) == 30u);
    BOOST_TEST(file.seek(-31, File::seek_cur, ec) == 0u);
    BOOST_TEST(ec == system_error_code(EINVAL));
    BOOST_CHECK_THROW(file.seek(-1, File::seek_set), system_error);
    BOOST_TEST(file.seek(0, File::seek_set) == 0u);

    BOOST_TEST(file.read_some(asio::buffer(bytes, 5)) == 5u);
    BOOST_TEST(file.read_some(rooms, ec) == 5u);
    file.async_read_some(asio::buffer(bytes, 1), store_size{&ec, &n});
    run();
    BOOST_TEST(bytes[0] == '\n');
    BOOST_TEST(asio::read(file, asio::buffer(bytes, 10)) == 10u);
    std::string line;
    BOOST_TEST(asio::read_until(file, asio::dynamic_buffer(line), '\n') == 1u);
    file.seek(22, File::seek_set);   // it has read ahead
    asio::async_read(file, asio::buffer(bytes, 10), store_size{&ec, &n});
    run();
    BOOST_TEST(n == 10u);
    asio::async_read_until(file, asio::dynamic_buffer(line), "\n", store_size{&ec, &n});
    run();
    asio::async_write(file, text, store_size{&ec, &n});
    run();
    BOOST_TEST(n == 11u);
    BOOST_TEST(asio::write(file, text, ec) == 11u);
    asio::async_read(file, room, asio::transfer_at_least(1), store_size{&ec, &n});
    run();
    BOOST_TEST(ec == asio::error::eof);

    auto future = file.async_read_some(room, asio::use_future);
    auto later = file.async_read_some(room, asio::deferred);
    std::move(later)(asio::detached);
    run();
    BOOST_CHECK_THROW(future.get(), system_error);
    static_assert(std::is_same_v<decltype(file.async_read_some(room, asio::use_awaitable)),
        asio::awaitable<std::size_t>>);
    file.close();
    BOOST_TEST(file.seek(0, File::seek_set, ec) == 0u);
    BOOST_TEST(ec == asio::error::bad_descriptor);
}

template <class File>
void is_asios_random_access_device(asio::io_context& ctx, const scratch& s)
{
    File file(ctx, s.files / "device", File::read_write | File::create | File::truncate);
    std::array<char, 32> bytes{};
    const asio::mutable_buffer room = asio::buffer(bytes, 4);
    const std::array<asio::const_buffer, 2> texts{asio::buffer("01234", 5), asio::buffer("56789", 5)};
    error_code ec;
    std::size_t n = 0;
    const auto run = [&] {
        ctx.restart();
        ctx.run();
    };

    BOOST_TEST(file.write_some_at(0, texts) == 10u);
    BOOST_TEST(file.write_some_at(10, texts, ec) == 10u);
    file.async_write_some_at(20, texts, store_size{&ec, &n});
    run();
    BOOST_TEST(n == 10u);
    BOOST_TEST(file.read_some_at(5, room) == 4u);
    BOOST_TEST(std::string_view(bytes.data(), 4) == "5678");
    BOOST_TEST(file.read_some_at(16, room, ec) == 4u);
    file.async_read_some_at(21, room, store_size{&ec, &n});
    run();
    BOOST_TEST(std::string_view(bytes.data(), 4) == "1234");
    BOOST_TEST(asio::read_at(file, 0, room) == 4u);
    BOOST_TEST(asio::write_at(file, 30, texts, ec) == 10u);
    asio::async_write_at(file, 40, texts, store_size{&ec, &n});
    run();
    BOOST_TEST(file.size() == 50u);
    asio::async_read_at(file, 49, room, store_size{&ec, &n});
    run();
    BOOST_TEST(ec == asio::error::eof);
    BOOST_TEST(n == 1u);
    auto future = file.async_read_some_at(0, room, asio::use_future);
    run();
    BOOST_TEST(future.get() == 4u);
    static_assert(std::is_same_v<decltype(file.async_write_some_at(0, texts, asio::use_awaitable)),
        asio::awaitable<std::size_t>>);
}

} // namespace surface_test

using namespace surface_test;

BOOST_AUTO_TEST_SUITE(token_surface)

// That the calls are Asio's is seen by making them: without io_uring Asio has no files.
BOOST_AUTO_TEST_CASE(of_asio, *boost::unit_test::precondition(needs_ring()))
{
    const scratch s;
    asio::io_context ctx;
    has_asios_names<asio::stream_file>();
    has_asios_names<asio::random_access_file>();
    has_asios_constructors<asio::stream_file>(ctx, s);
    has_asios_constructors<asio::random_access_file>(ctx, s);
    has_asios_members<asio::stream_file>(ctx, s);
    has_asios_members<asio::random_access_file>(ctx, s);
    is_asios_stream<asio::stream_file>(ctx, s);
    is_asios_random_access_device<asio::random_access_file>(ctx, s);
}

BOOST_DATA_TEST_CASE(of_ours, engines, engine)
{
    const scratch s;
    context ctx(engine);
    has_asios_names<extended_file>();
    has_asios_constructors<extended_file>(ctx, s);
    has_asios_members<extended_file>(ctx, s);
    is_asios_stream<extended_file>(ctx, s);
    is_asios_random_access_device<extended_file>(ctx, s);
}

// A program that goes on naming Asio's constants.
BOOST_AUTO_TEST_CASE(asios_constants)
{
    const scratch s;
    asio::io_context ctx;
    extended_file file(ctx, s.files / "f", asio::stream_file::read_write | asio::stream_file::create);
    file.resize(10);
    BOOST_TEST(file.seek(-4, asio::stream_file::seek_end) == 6u);
    error_code ec;
    BOOST_TEST(file.seek(-7, asio::stream_file::seek_cur, ec) == 0u);
    BOOST_TEST(ec == system_error_code(EINVAL));
}

BOOST_AUTO_TEST_SUITE_END()

#endif
