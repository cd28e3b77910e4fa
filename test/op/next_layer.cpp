// SPDX-License-Identifier: BSL-1.0

// Asio's own files over, and instead of, the library's descriptors.

#include "op/runner.hpp"

#include <asio_fs/extended_file.hpp>

#include <boost/asio/deferred.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/stream_file.hpp>

#include <array>
#include <optional>

#if defined(BOOST_ASIO_HAS_FILE)

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// Asio has files only with io_uring.
struct needs_asio_files
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        boost::test_tools::assertion_result result(ring_available());
        result.message() << "io_uring is refused here, and Asio's files with it";
        return result;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(next_layer)

BOOST_AUTO_TEST_CASE(shares_the_descriptor, *boost::unit_test::precondition(needs_asio_files()))
{
    const std::size_t before = open_descriptors();
    {
        const scratch s;
        const std::string name = s.files.file("f", "0123456789");
        asio::io_context ctx;
        extended_file file(ctx, name, extended_file::read_only);
        asio::stream_file& layer = file.next_layer();
        BOOST_TEST(&layer == &file.next_layer());
        BOOST_TEST(layer.native_handle() == file.native_handle());

        // One stream position for both.
        std::array<char, 4> a{}, b{};
        asio::async_read(layer, asio::buffer(a), [](error_code ec, std::size_t) { BOOST_TEST(!ec); });
        ctx.run();
        BOOST_TEST(file.read_some(asio::buffer(b)) == 4u);
        BOOST_TEST(std::string_view(a.data(), 4) == "0123");
        BOOST_TEST(std::string_view(b.data(), 4) == "4567");

        // It moves along.
        extended_file moved = std::move(file);
        BOOST_TEST(&layer == &moved.next_layer());

        // Closed and opened again, it is another one.
        moved.close();
        BOOST_CHECK_THROW(moved.next_layer(), system_error);
        moved.open(name, extended_file::read_only);
        BOOST_TEST(moved.next_layer().native_handle() == moved.native_handle());

        const unique_fd released(moved.release());
        BOOST_TEST(::fcntl(released.get(), F_GETFD) != -1);
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(is_closed_once, *boost::unit_test::precondition(needs_asio_files()))
{
    const scratch s;
    const std::string name = s.files.file("f", "0123456789");
    asio::io_context ctx;
    std::optional<extended_file> file(std::in_place, ctx, name, extended_file::read_only);
    file->next_layer();
    const int fd = file->native_handle();
    file.reset();
    BOOST_TEST(::fcntl(fd, F_GETFD) == -1);

    // The number is somebody else's now, and stays open.
    const unique_fd next(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    file.emplace(ctx, name, extended_file::read_only);
    file->next_layer();
    basic_extended_file<asio::io_context::executor_type> other(ctx, name, extended_file::read_only);
    other.next_layer();
    *file = std::move(other);
    BOOST_TEST(file->next_layer().native_handle() == file->native_handle());
    file.reset();
    BOOST_TEST(::fcntl(next.get(), F_GETFD) != -1);
}

// Made after the close was asked for, and moved before that starts: it goes first all the same.
BOOST_AUTO_TEST_CASE(is_gone_before_a_deferred_close, *boost::unit_test::precondition(needs_asio_files()))
{
    const scratch s;
    asio::io_context ctx;
    extended_file file(ctx, s.files.file("f", "0123456789"), extended_file::read_only);
    const int fd = file.native_handle();
    auto close = file.async_close(asio::deferred);
    std::array<char, 4> a{};
    error_code read = asio::error::would_block, closed = read;
    file.next_layer().async_read_some(asio::buffer(a), [&](error_code ec, std::size_t) { read = ec; });
    extended_file moved(std::move(file));
    std::move(close)([&](error_code ec) { closed = ec; });
    BOOST_CHECK_THROW(moved.next_layer(), system_error);
    ctx.run();
    BOOST_TEST(read != asio::error::would_block);
    BOOST_TEST(!closed);
    BOOST_TEST(::fcntl(fd, F_GETFD) == -1);
    moved.open(s.files / "f", extended_file::read_only);
    BOOST_TEST(moved.next_layer().native_handle() == moved.native_handle());
}

BOOST_AUTO_TEST_CASE(takes_over_one_of_asios_files, *boost::unit_test::precondition(needs_asio_files()))
{
    const scratch s;
    asio::io_context ctx;
    asio::stream_file asios(ctx, s.files.file("f", "0123456789"), asio::stream_file::read_only);
    const int fd = asios.native_handle();
    extended_file file(std::move(asios));
    BOOST_TEST(!asios.is_open());
    BOOST_TEST(file.native_handle() == fd);
    std::array<char, 4> a{};
    BOOST_TEST(file.read_some(asio::buffer(a)) == 4u);

    extended_file closed{asio::stream_file(ctx)};
    BOOST_TEST(!closed.is_open());

    extended_file by_asios_flags(ctx, s.files / "new",
        asio::stream_file::write_only | asio::stream_file::create);
    BOOST_TEST(s.exists("new"));
}

// Without io_uring, only this is missing.
BOOST_AUTO_TEST_CASE(refused,
    *boost::unit_test::precondition([](boost::unit_test::test_unit_id) { return !ring_available(); }))
{
    const scratch s;
    asio::io_context ctx;
    extended_file file(ctx, s.files.file("f", "0123456789"), extended_file::read_only);
    BOOST_CHECK_THROW(file.next_layer(), system_error);
    BOOST_CHECK_THROW(file.next_layer(), system_error);
    std::array<char, 4> a{};
    std::size_t bytes = 0;
    file.async_read_some(asio::buffer(a), [&](error_code, std::size_t n) { bytes = n; });
    ctx.run();
    BOOST_TEST(bytes == 4u);
}

BOOST_AUTO_TEST_SUITE_END()

#endif
