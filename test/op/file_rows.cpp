// SPDX-License-Identifier: BSL-1.0

// Rows of the table: opening, content and space of files.

#include "op/runner.hpp"

#include <asio_fs/extended_file.hpp>
#include <asio_fs/op/all.hpp>

#include <linux/fs.h>
#include <sys/ioctl.h>

#include <array>

using namespace asio_fs;
using namespace asio_fs::test;

// A namespace with a name: alone, these functions would be ambiguous with the system calls.
namespace rows {
namespace {

using detail::io_buffers;

void openat(runner& run, const scratch& s)
{
    auto made = run(op::openat{s.dir(), "new", open_flags::read_write | open_flags::create, 0640});
    BOOST_TEST(!made.ec);
    BOOST_TEST_REQUIRE(made.value.get() >= 0);
    BOOST_TEST((s.stat("new").st_mode & 07777u) == 0640u);
    BOOST_TEST((::fcntl(made.value.get(), F_GETFD) & FD_CLOEXEC) != 0);

    const auto again = run(
        op::openat{s.dir(), "new", open_flags::read_write | open_flags::create | open_flags::exclusive});
    BOOST_TEST(again.ec == system_error_code(EEXIST));
    BOOST_TEST(again.value.get() == -1);
    BOOST_TEST(run(op::openat{s.dir(), "missing"}).ec == system_error_code(ENOENT));
    BOOST_TEST(run(op::openat{-1, "new"}).ec == system_error_code(EBADF));
    BOOST_TEST(!run(op::openat{-1, s.files / "new"}).ec);
    BOOST_TEST(run(op::openat{s.dir(), std::string_view("new\0x", 5)}).ec == system_error_code(EINVAL));
}

void openat2(runner& run, const scratch& s)
{
    const auto flags = open_flags::read_write | open_flags::create;
    auto made = run(op::openat2(s.dir(), "new", flags, 0600, resolve_flags::beneath));
    BOOST_TEST(!made.ec);
    BOOST_TEST((s.stat("new").st_mode & 07777u) == 0600u);
    BOOST_TEST((::fcntl(made.value.get(), F_GETFD) & FD_CLOEXEC) != 0);

    // A mode without anything to create is no error, as with openat.
    BOOST_TEST(!run(op::openat2(s.dir(), "new", file_base::read_only, 0666, resolve_flags::none)).ec);
    BOOST_TEST(run(op::openat2(s.dir(), "../x", file_base::read_only, 0, resolve_flags::beneath)).ec
        == system_error_code(EXDEV));
    BOOST_TEST_REQUIRE(::symlinkat("new", s.dir(), "link") == 0);
    BOOST_TEST(run(op::openat2(s.dir(), "link", file_base::read_only, 0, resolve_flags::no_symlinks)).ec
        == system_error_code(ELOOP));
    BOOST_TEST(run(op::openat2(s.dir(), "no", file_base::read_only, 0, resolve_flags::none)).ec
        == system_error_code(ENOENT));
}

void close(runner& run, const scratch& s)
{
    const int fd = s.file("f").release();
    if (run.how() == way::call)
    {
        BOOST_TEST(!run(op::close{fd}).ec);
        BOOST_TEST(run(op::close{-1}).ec == system_error_code(EBADF));
    }
    else
    {
        // Only as a member: it needs the object's record of what else names the descriptor.
        extended_file file(run.loop(), fd);
        error_code first, second;
        file.async_close([&](error_code ec) { first = ec; });
        file.async_close([&](error_code ec) { second = ec; });
        run.finish();
        BOOST_TEST(!first);
        BOOST_TEST(second == asio::error::bad_descriptor);
    }
    BOOST_TEST(::fcntl(fd, F_GETFD) == -1);
}

void read_at(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f", "0123456789");
    std::array<char, 4> a{}, b{};
    const std::array<asio::mutable_buffer, 2> two{asio::buffer(a), asio::buffer(b)};
    const auto got = run(op::read_at{fd.get(), io_buffers(two), 3});
    BOOST_TEST(!got.ec);
    BOOST_TEST(got.value == 7u);
    BOOST_TEST(std::string_view(a.data(), 4) == "3456");
    BOOST_TEST(std::string_view(b.data(), 3) == "789");

    // The stream position has not moved; then it does.
    for (const char* part : {"0123", "4567"})
    {
        BOOST_TEST(run(op::read_at{fd.get(), io_buffers(asio::buffer(a))}).value == 4u);
        BOOST_TEST(std::string_view(a.data(), 4) == part);
    }
    BOOST_TEST(run(op::read_at{fd.get(), io_buffers(asio::buffer(a)), 10}).ec == asio::error::eof);
    const auto nothing = run(op::read_at{fd.get(), io_buffers(asio::mutable_buffer()), 10});
    BOOST_TEST(!nothing.ec);
    BOOST_TEST(nothing.value == 0u);
    BOOST_TEST(run(op::read_at{-1, io_buffers(asio::buffer(a)), 0}).ec == system_error_code(EBADF));
    BOOST_TEST(run(op::read_at{s.dir(), io_buffers(asio::buffer(a)), 0}).ec == system_error_code(EISDIR));
    // Not the stream position, though the kernel spells that so.
    BOOST_TEST(run(op::read_at{fd.get(), io_buffers(asio::buffer(a)), ~std::uint64_t(0)}).ec
        == system_error_code(EINVAL));
}

void write_at(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f", "0123456789");
    const std::array<asio::const_buffer, 2> two{asio::buffer("ab", 2), asio::buffer("cd", 2)};
    const auto put = run(op::write_at{fd.get(), io_buffers(two), 8});
    BOOST_TEST(!put.ec);
    BOOST_TEST(put.value == 4u);
    BOOST_TEST(s.content("f") == "01234567abcd");
    BOOST_TEST(run(op::write_at{fd.get(), io_buffers(asio::buffer("X", 1))}).value == 1u);
    BOOST_TEST(run(op::write_at{fd.get(), io_buffers(asio::buffer("Y", 1))}).value == 1u);
    BOOST_TEST(s.content("f") == "XY234567abcd");

    const unique_fd read_only = s.file("g", "", O_RDONLY);
    BOOST_TEST(run(op::write_at{read_only.get(), io_buffers(two), 0}).ec == system_error_code(EBADF));
}

void ftruncate(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST(!run(op::ftruncate{fd.get(), 3}).ec);
    BOOST_TEST(s.content("f") == "con");
    BOOST_TEST(!run(op::ftruncate{fd.get(), std::uint64_t(5) << 32}).ec);
    BOOST_TEST(s.stat("f").st_size == off_t(5) << 32);
    BOOST_TEST(run(op::ftruncate{fd.get(), std::uint64_t(1) << 63}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::ftruncate{-1, 0}).ec == system_error_code(EBADF));
}

// The modes that not every file system knows: what a plain call gives on a file of the same kind is what is
// expected.
void fallocate_modes(runner& run, const scratch& s)
{
    constexpr int block = 65536;
    std::string content;
    for (char c : {'a', 'b', 'c', 'd'})
        content.append(block, c);
    for (fallocate_mode mode : {fallocate_mode::zero_range, fallocate_mode::collapse_range,
             fallocate_mode::insert_range, fallocate_mode::unshare_range})
    {
        const unique_fd plain = s.file("plain", content);
        const unique_fd fd = s.file("modes", content);
        const bool done = ::fallocate(plain.get(), static_cast<int>(mode), block, block) == 0;
        const int expected = done ? 0 : errno;
        BOOST_TEST(run(op::fallocate{fd.get(), mode, block, block}).ec == system_error_code(expected));
        const std::string now = s.content("modes");
        BOOST_TEST(now == s.content("plain"));
        if (!done)
            continue;
        std::string right = content;
        if (mode == fallocate_mode::zero_range)
            right.replace(block, block, block, '\0');
        else if (mode == fallocate_mode::collapse_range)
            right.erase(block, block);
        else if (mode == fallocate_mode::insert_range)
            right.insert(block, block, '\0');
        BOOST_TEST((now == right), "mode " << static_cast<int>(mode));
    }
}

void fallocate(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST(!run(op::fallocate{fd.get(), fallocate_mode::allocate, 0, 65536}).ec);
    BOOST_TEST(s.stat("f").st_size == 65536);
    BOOST_TEST(s.stat("f").st_blocks >= 128);
    const auto blocks = s.stat("f").st_blocks;
    BOOST_TEST(!run(op::fallocate{fd.get(), fallocate_mode::punch_hole, 32768, 32768}).ec);
    BOOST_TEST(s.stat("f").st_size == 65536);
    BOOST_TEST(s.stat("f").st_blocks < blocks);
    BOOST_TEST(!run(op::fallocate{fd.get(), fallocate_mode::keep_size, 65536, 65536}).ec);
    BOOST_TEST(s.stat("f").st_size == 65536);
    BOOST_TEST(s.stat("f").st_blocks >= blocks);
    BOOST_TEST(run(op::fallocate{fd.get(), fallocate_mode::allocate, 0, 0}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::fallocate{-1, fallocate_mode::allocate, 0, 1}).ec == system_error_code(EBADF));
    fallocate_modes(run, s);
}

void fadvise(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    for (advice a : {advice::normal, advice::sequential, advice::random, advice::will_need,
        advice::dont_need, advice::no_reuse})
        BOOST_TEST(!run(op::fadvise{fd.get(), 0, 0, a}).ec);
    BOOST_TEST(!run(op::fadvise{fd.get(), 0, std::uint64_t(5) << 32, advice::will_need}).ec);
    BOOST_TEST(run(op::fadvise{fd.get(), 0, 0, advice(77)}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::fadvise{fd.get(), 0, std::uint64_t(1) << 63,
        advice::normal}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::fadvise{-1, 0, 0, advice::normal}).ec == system_error_code(EBADF));
}

template <class Op>
void sync_operation(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST(!run(Op{fd.get()}).ec);
    BOOST_TEST(!run(Op{s.dir()}).ec);
    BOOST_TEST(run(Op{-1}).ec == system_error_code(EBADF));
}

void sync_file_range(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f");
    BOOST_TEST(!run(op::sync_file_range{fd.get(), 0, 0, sync_range_flags::write_and_wait}).ec);
    BOOST_TEST(!run(op::sync_file_range{fd.get(), 0, std::uint64_t(5) << 32, sync_range_flags::write}).ec);
    BOOST_TEST(run(op::sync_file_range{fd.get(), 0, 0,
        sync_range_flags(1u << 20)}).ec == system_error_code(EINVAL));
    BOOST_TEST(run(op::sync_file_range{-1, 0, 0, sync_range_flags::none}).ec == system_error_code(EBADF));
}

void copy_file_range(runner& run, const scratch& s)
{
    const unique_fd from = s.file("from", "0123456789");
    const unique_fd to = s.file("to", "abc");
    const auto copied = run(op::copy_file_range{from.get(), 2, to.get(), 3, 5});
    BOOST_TEST(!copied.ec);
    BOOST_TEST(copied.value == 5u);
    BOOST_TEST(s.content("to") == "abc23456");
    const auto past_end = run(op::copy_file_range{from.get(), 10, to.get(), 0, 5});
    BOOST_TEST(!past_end.ec);
    BOOST_TEST(past_end.value == 0u);
    BOOST_TEST(run(op::copy_file_range{from.get(), 0, -1, 0, 5}).ec == system_error_code(EBADF));
    BOOST_TEST(run(op::copy_file_range{from.get(), ~std::uint64_t(0), to.get(), 0, 5}).ec
        == system_error_code(EINVAL));
}

// Few file systems share blocks: what a plain call gives is what is expected.
void clone(runner& run, const scratch& s)
{
    const unique_fd from = s.file("from", std::string(65536, 'x'));
    const unique_fd plain = s.file("plain", "");
    const unique_fd to = s.file("to", "");
    const int expected = ::ioctl(plain.get(), FICLONE, from.get()) == 0 ? 0 : errno;
    BOOST_TEST(run(op::clone{from.get(), to.get()}).ec == system_error_code(expected));
    BOOST_TEST(s.content("to") == s.content("plain"));
    BOOST_TEST(run(op::clone{from.get(), -1}).ec == system_error_code(EBADF));
}

void clone_range(runner& run, const scratch& s)
{
    const unique_fd from = s.file("from", std::string(65536, 'x'));
    const unique_fd plain = s.file("plain", "");
    const unique_fd to = s.file("to", "");
    const file_clone_range range = {from.get(), 4096, 8192, 4096};
    const int expected = ::ioctl(plain.get(), FICLONERANGE, &range) == 0 ? 0 : errno;
    BOOST_TEST(run(op::clone_range{from.get(), 4096, to.get(), 4096,
        8192}).ec == system_error_code(expected));
    BOOST_TEST(s.content("to") == s.content("plain"));
    BOOST_TEST(run(op::clone_range{from.get(), 0, -1, 0, 0}).ec == system_error_code(EBADF));
}

void seek_data(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f", "");
    BOOST_TEST_REQUIRE(::ftruncate(fd.get(), off_t(1) << 33) == 0);
    BOOST_TEST_REQUIRE(::pwrite(fd.get(), "x", 1, off_t(5) << 30) == 1);
    const off_t expected = ::lseek(fd.get(), 0, SEEK_DATA);
    const auto found = run(op::seek_data{fd.get(), 0});
    BOOST_TEST(!found.ec);
    BOOST_TEST(found.value == static_cast<std::uint64_t>(expected));
    BOOST_TEST(run(op::seek_data{fd.get(), std::uint64_t(1) << 33}).ec == system_error_code(ENXIO));
    BOOST_TEST(run(op::seek_data{-1, 0}).ec == system_error_code(EBADF));
}

void seek_hole(runner& run, const scratch& s)
{
    const unique_fd fd = s.file("f", "0123456789");
    const auto found = run(op::seek_hole{fd.get(), 0});
    BOOST_TEST(!found.ec);
    BOOST_TEST(found.value == 10u);
    BOOST_TEST(run(op::seek_hole{fd.get(), 10}).ec == system_error_code(ENXIO));
    BOOST_TEST(run(op::seek_hole{-1, 0}).ec == system_error_code(EBADF));
}

} // namespace
} // namespace rows

std::vector<row> asio_fs::test::file_rows()
{
    return {
        {"openat", &rows::openat},
        {"openat2", &rows::openat2},
        {"close", &rows::close},
        {"read_at", &rows::read_at},
        {"write_at", &rows::write_at},
        {"ftruncate", &rows::ftruncate},
        {"fallocate", &rows::fallocate},
        {"fadvise", &rows::fadvise},
        {"fsync", &rows::sync_operation<op::fsync>},
        {"fdatasync", &rows::sync_operation<op::fdatasync>},
        {"syncfs", &rows::sync_operation<op::syncfs>},
        {"sync_file_range", &rows::sync_file_range},
        {"copy_file_range", &rows::copy_file_range},
        {"clone", &rows::clone},
        {"clone_range", &rows::clone_range},
        {"seek_data", &rows::seek_data},
        {"seek_hole", &rows::seek_hole},
    };
}
