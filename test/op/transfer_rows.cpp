// SPDX-License-Identifier: BSL-1.0

// Rows of the table: locks, and what moves data out of a file.

#include "op/runner.hpp"

#include <asio_fs/op/all.hpp>

#include <sys/socket.h>

#include <csignal>

using namespace asio_fs;
using namespace asio_fs::test;

// A namespace with a name: alone, these functions would be ambiguous with the system calls.
namespace rows {
namespace {

// Two open files over the same inode, which exclude each other.
struct twice
{
    explicit twice(const scratch& s)
        : first(s.file("f", "0123456789")), second(::open((s.files / "f").c_str(), O_RDWR | O_CLOEXEC))
    {
    }

    // Whether the second could lock the byte.
    bool is_free(off_t offset, short type = F_WRLCK) const
    {
        struct ::flock lock = {};
        lock.l_type = type;
        lock.l_start = offset;
        lock.l_len = 1;
        BOOST_TEST_REQUIRE(::fcntl(second.get(), F_OFD_GETLK, &lock) == 0);
        return lock.l_type == F_UNLCK;
    }

    unique_fd first;
    unique_fd second;
};

constexpr std::uint64_t too_much = std::uint64_t(1) << 63;

void lock(runner& run, const scratch& s)
{
    const twice t(s);
    BOOST_TEST(!run(op::lock{t.first.get(), lock_type::exclusive, 2, 3}).ec);
    BOOST_TEST(t.is_free(1));
    BOOST_TEST(!t.is_free(2));
    BOOST_TEST(!t.is_free(4));
    BOOST_TEST(t.is_free(5));
    // Again, as another type, and to the end.
    BOOST_TEST(!run(op::lock{t.first.get(), lock_type::shared}).ec);
    BOOST_TEST(!t.is_free(off_t(1) << 40));
    BOOST_TEST(t.is_free(off_t(1) << 40, F_RDLCK));
    BOOST_TEST(t.is_free(3, F_RDLCK));
    BOOST_TEST(run(op::lock{t.first.get(), lock_type::shared, too_much, 1}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::lock{t.first.get(), lock_type::shared, 1, too_much}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::lock{-1, lock_type::shared}).ec == system_error_code(EBADF));
    const unique_fd read_only = s.file("g", "", O_RDONLY);
    BOOST_TEST(run(op::lock{read_only.get(), lock_type::exclusive}).ec == system_error_code(EBADF));
}

void try_lock(runner& run, const scratch& s)
{
    const twice t(s);
    BOOST_TEST(!run(op::try_lock{t.first.get(), lock_type::exclusive, 0, 5}).ec);
    BOOST_TEST(run(op::try_lock{t.second.get(), lock_type::shared, 4, 1}).ec
        == boost::system::errc::resource_unavailable_try_again);
    BOOST_TEST(!run(op::try_lock{t.second.get(), lock_type::exclusive, 5, 0}).ec);
    BOOST_TEST(run(op::try_lock{t.first.get(), lock_type::shared}).ec == system_error_code(EAGAIN));
    BOOST_TEST(run(op::try_lock{t.first.get(), lock_type::shared, too_much, 1}).ec
        == system_error_code(EINVAL));
    BOOST_TEST(run(op::try_lock{-1, lock_type::shared}).ec == system_error_code(EBADF));
}

void unlock(runner& run, const scratch& s)
{
    const twice t(s);
    BOOST_TEST(!run(op::unlock{t.first.get()}).ec);
    BOOST_TEST(!run(op::try_lock{t.first.get(), lock_type::exclusive}).ec);
    BOOST_TEST(!run(op::unlock{t.first.get(), 3, 2}).ec);
    BOOST_TEST(!t.is_free(2));
    BOOST_TEST(t.is_free(3));
    BOOST_TEST(!t.is_free(5));
    BOOST_TEST(!run(op::unlock{t.first.get()}).ec);
    BOOST_TEST(t.is_free(2));
    BOOST_TEST(run(op::unlock{t.first.get(), 1, too_much}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::unlock{-1}).ec == system_error_code(EBADF));
}

void poll(runner& run, const scratch& s)
{
    int ends[2];
    BOOST_TEST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const unique_fd out(ends[0]), in(ends[1]);
    BOOST_TEST(!run(op::poll{in.get(), POLLOUT}).ec);
    BOOST_TEST_REQUIRE(::write(in.get(), "x", 1) == 1);
    BOOST_TEST(!run(op::poll{out.get(), POLLIN}).ec);
    // A file is always ready.
    BOOST_TEST(!run(op::poll{s.file("f").get(), POLLOUT}).ec);
    BOOST_TEST(run(op::poll{s.file("f").get() + 1000, POLLOUT}).ec == system_error_code(EBADF));
    BOOST_TEST(!!run(op::poll{-1, POLLOUT}).ec);
}

std::string received(int fd, std::size_t size)
{
    std::string text(size, '?');
    const ssize_t n = ::read(fd, text.data(), size);
    text.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
    return text;
}

void splice_to(runner& run, const scratch& s)
{
    const unique_fd from = s.file("from", "0123456789");
    const auto position = [&] { return ::lseek(from.get(), 0, SEEK_CUR); };
    const auto stream = detail::file_offset::stream_position();

    // To a file, which is written at its own position.
    const unique_fd file = s.file("to", "abcdef");
    BOOST_TEST_REQUIRE(::lseek(file.get(), 2, SEEK_SET) == 2);
    BOOST_TEST(run(op::splice_to{from.get(), 7, file.get(), 2}).value == 2u);
    BOOST_TEST(s.content("to") == "ab78ef");
    BOOST_TEST(position() == 0);
    BOOST_TEST(run(op::splice_to{from.get(), stream, file.get(), 3}).value == 3u);
    BOOST_TEST(s.content("to") == "ab78012");
    BOOST_TEST(position() == 3);

    // To a socket.
    int ends[2];
    BOOST_TEST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    unique_fd near(ends[0]), far(ends[1]);
    BOOST_TEST(run(op::splice_to{from.get(), stream, near.get(), 100}).value == 7u);
    BOOST_TEST(received(far.get(), 100) == "3456789");
    BOOST_TEST(position() == 10);
    const auto end = run(op::splice_to{from.get(), stream, near.get(), 100});
    BOOST_TEST(!end.ec);
    BOOST_TEST(end.value == 0u);
    // Gone: an error and no signal.
    far.reset();
    BOOST_TEST(run(op::splice_to{from.get(), 0, near.get(), 100}).ec == system_error_code(EPIPE));
    BOOST_TEST_REQUIRE(::lseek(from.get(), 4, SEEK_SET) == 4);
    BOOST_TEST(run(op::splice_to{from.get(), stream, near.get(), 100}).ec == system_error_code(EPIPE));
    BOOST_TEST(position() == 4);
    sigset_t pending;
    BOOST_TEST_REQUIRE(::sigpending(&pending) == 0);
    BOOST_TEST(sigismember(&pending, SIGPIPE) == 0);

    // To a pipe, until it is full.
    BOOST_TEST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const unique_fd out(ends[0]), in(ends[1]);
    BOOST_TEST(run(op::splice_to{from.get(), 1, in.get(), 4}).value == 4u);
    BOOST_TEST(received(out.get(), 100) == "1234");
    BOOST_TEST_REQUIRE(::fcntl(in.get(), F_SETFL, O_NONBLOCK) == 0);
    while (::write(in.get(), "0123456789", 10) > 0)
        continue;
    BOOST_TEST(run(op::splice_to{from.get(), stream, in.get(), 4}).ec == system_error_code(EAGAIN));
    BOOST_TEST(position() == 4);

    BOOST_TEST(run(op::splice_to{from.get(), ~std::uint64_t(0), file.get(), 1}).ec
        == system_error_code(EINVAL));
    BOOST_TEST(run(op::splice_to{out.get(), stream, file.get(), 1}).ec == system_error_code(ESPIPE));
    BOOST_TEST(run(op::splice_to{from.get(), 0, -1, 1}).ec == system_error_code(EBADF));
    BOOST_TEST(run(op::splice_to{-1, 0, file.get(), 1}).ec == system_error_code(EBADF));
    BOOST_TEST(run(op::splice_to{s.dir(), 0, file.get(), 1}).ec.failed());
}

} // namespace
} // namespace rows

std::vector<row> asio_fs::test::transfer_rows()
{
    return {
        {"lock", &rows::lock},
        {"try_lock", &rows::try_lock},
        {"unlock", &rows::unlock},
        {"poll", &rows::poll},
        {"splice_to", &rows::splice_to},
    };
}
