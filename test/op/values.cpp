// SPDX-License-Identifier: BSL-1.0

// Values: flags, paths, times, statuses, batches of names.

#include "op/runner.hpp"

#include <asio_fs/advice.hpp>
#include <asio_fs/dir_batch.hpp>
#include <asio_fs/fallocate_mode.hpp>
#include <asio_fs/file_status.hpp>
#include <asio_fs/file_times.hpp>
#include <asio_fs/op/futimens.hpp>
#include <asio_fs/op/openat.hpp>
#include <asio_fs/op/readdir.hpp>
#include <asio_fs/op/statx.hpp>
#include <asio_fs/open_flags.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/preserve_flags.hpp>
#include <asio_fs/unique_fd.hpp>
#include <asio_fs/xattr_names.hpp>

#include <sys/sysmacros.h>

#include <filesystem>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(open_flags_have_the_kernels_values)
{
    const open_flags f = file_base::read_write | file_base::create | file_base::exclusive;
    BOOST_TEST(f.native() == (O_RDWR | O_CREAT | O_EXCL));
    BOOST_TEST((f & file_base::create).native() == O_CREAT);
    BOOST_TEST((f & ~file_base::create).native() == (O_RDWR | O_EXCL));
    BOOST_TEST((f | open_flags(O_NOATIME)).native() == (O_RDWR | O_CREAT | O_EXCL | O_NOATIME));
    open_flags g = f;
    g &= ~open_flags(file_base::create);
    BOOST_TEST(g.native() == (O_RDWR | O_EXCL));
    g |= file_base::create;
    BOOST_TEST((g == f));
#if defined(BOOST_ASIO_HAS_FILE)
    const open_flags from_asio = asio::file_base::write_only | asio::file_base::append;
    BOOST_TEST(from_asio.native() == (O_WRONLY | O_APPEND));
    BOOST_TEST((from_asio | file_base::no_follow).native() == (O_WRONLY | O_APPEND | O_NOFOLLOW));
#endif
}

BOOST_AUTO_TEST_CASE(bitmasks_combine_and_pass_native_values)
{
    auto f = at_flags::empty_path | at_flags::symlink_nofollow;
    BOOST_TEST(detail::native(f) == (AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW));
    BOOST_TEST(has(f, at_flags::empty_path));
    BOOST_TEST(!has(f, at_flags::empty_path | at_flags::no_automount));
    f &= ~at_flags::empty_path;
    BOOST_TEST((f == at_flags::symlink_nofollow));
    f ^= at_flags::symlink_nofollow;
    BOOST_TEST((f == at_flags::none));
    preserve_flags p = preserve_flags::mode;
    p |= preserve_flags::times;
    BOOST_TEST((p == (preserve_flags::mode | preserve_flags::times)));
    p &= ~preserve_flags::mode;
    BOOST_TEST((p == preserve_flags::times));
    BOOST_TEST((~preserve_flags::all == preserve_flags::none));
    BOOST_TEST(detail::native(at_flags(0x40) | at_flags::none) == 0x40);
    BOOST_TEST(detail::native(fallocate_mode::punch_hole) == (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE));
}

BOOST_AUTO_TEST_CASE(path_string_keeps_every_byte)
{
    const scratch s;
    // Every byte that a name can have, in an order that is no UTF-8.
    std::string name;
    for (int c = 1; c != 256; ++c)
        if (c != '/')
            name.push_back(static_cast<char>(c));
    BOOST_TEST(path_string(name).view() == name);
    runner run(way::call);
    BOOST_TEST(!run(op::openat{s.dir(), name, file_base::write_only | file_base::create}).ec);
    dir_batch batch;
    BOOST_TEST_REQUIRE(run(op::readdir{s.dir(), &batch}).value == 1u);
    BOOST_TEST((*batch.begin()).name == name);
}

BOOST_AUTO_TEST_CASE(path_string_converts_and_copies)
{
    BOOST_TEST(path_string().view().empty());
    BOOST_TEST(*path_string().c_str() == '\0');
    BOOST_TEST(path_string("a").view() == "a");
    BOOST_TEST(path_string(std::string_view("abc", 2)).view() == "ab");
    BOOST_TEST(path_string(std::filesystem::path("/x/y")).view() == "/x/y");
    for (std::size_t length : {0u, 1u, 119u, 120u, 121u, 5000u})
    {
        const std::string text(length, 'x');
        const path_string original = text;
        path_string copy = original;
        path_string moved = std::move(copy);
        BOOST_TEST(original.view() == text);
        BOOST_TEST(moved.view() == text);
        BOOST_TEST(std::string(moved.c_str()) == text);
    }
    BOOST_TEST(path_string("a").valid());
    BOOST_TEST(!path_string(std::string_view("a\0", 2)).valid());
    BOOST_TEST(!path_string(std::string_view("a\0b", 3)).valid());
}

BOOST_AUTO_TEST_CASE(file_status_says_what_stat_says)
{
    const scratch s;
    s.file("file", std::string(10000, 'x'));
    BOOST_TEST_REQUIRE(::linkat(s.dir(), "file", s.dir(), "again", 0) == 0);
    BOOST_TEST_REQUIRE(::mkdirat(s.dir(), "directory", 01770) == 0);
    BOOST_TEST_REQUIRE(::symlinkat("target", s.dir(), "link") == 0);
    BOOST_TEST_REQUIRE(::mkfifoat(s.dir(), "fifo", 0600) == 0);
    BOOST_TEST_REQUIRE(::mknodat(s.dir(), "socket", S_IFSOCK | 0600, 0) == 0);
    runner run(way::call);
    for (const char* name : {"file", "directory", "link", "fifo", "socket", "/dev/null"})
    {
        struct ::stat expected;
        BOOST_TEST_REQUIRE(::fstatat(s.dir(), name, &expected, AT_SYMLINK_NOFOLLOW) == 0);
        const file_status got = run(op::statx{s.dir(), name, at_flags::symlink_nofollow}).value;
        BOOST_TEST_CONTEXT(name)
        {
            BOOST_TEST(got.has(statx_mask::basic_stats));
            BOOST_TEST(got.mode() == expected.st_mode);
            BOOST_TEST(got.permissions() == (expected.st_mode & 07777u));
            BOOST_TEST(got.uid() == expected.st_uid);
            BOOST_TEST(got.gid() == expected.st_gid);
            BOOST_TEST(got.nlink() == expected.st_nlink);
            BOOST_TEST(got.ino() == expected.st_ino);
            BOOST_TEST(got.size() == static_cast<std::uint64_t>(expected.st_size));
            BOOST_TEST(got.blocks() == static_cast<std::uint64_t>(expected.st_blocks));
            BOOST_TEST(got.blksize() == static_cast<std::uint64_t>(expected.st_blksize));
            BOOST_TEST(got.dev() == expected.st_dev);
            BOOST_TEST(got.rdev() == expected.st_rdev);
            BOOST_TEST(got.mtime().tv_sec == expected.st_mtim.tv_sec);
            BOOST_TEST(got.mtime().tv_nsec == expected.st_mtim.tv_nsec);
            BOOST_TEST(got.atime().tv_nsec == expected.st_atim.tv_nsec);
            BOOST_TEST(got.ctime().tv_nsec == expected.st_ctim.tv_nsec);
            BOOST_TEST((got.type() == entry_type_of(expected.st_mode)));
            BOOST_TEST(got.is_regular() == bool(S_ISREG(expected.st_mode)));
            BOOST_TEST(got.is_directory() == bool(S_ISDIR(expected.st_mode)));
            BOOST_TEST(got.is_symlink() == bool(S_ISLNK(expected.st_mode)));
            BOOST_TEST(got.is_fifo() == bool(S_ISFIFO(expected.st_mode)));
            BOOST_TEST(got.is_socket() == bool(S_ISSOCK(expected.st_mode)));
            BOOST_TEST(got.is_character_device() == bool(S_ISCHR(expected.st_mode)));
            BOOST_TEST(!got.is_block_device());
            if (got.has(statx_mask::btime))
                BOOST_TEST(got.btime().tv_sec != 0);
        }
    }
    BOOST_TEST(!file_status().has(statx_mask::type));
    BOOST_TEST((file_status().type() == entry_type::unknown));
}

BOOST_AUTO_TEST_CASE(file_status_gives_every_field_of_the_kernels)
{
    const scratch s;
    const unique_fd file = s.file("file");
    runner run(way::call);
    const statx_mask mask = statx_mask::basic_stats | statx_mask::mnt_id | statx_mask::dio_align | statx_mask::subvol;
    const file_status got = run(op::statx{file.get(), {}, at_flags::empty_path, mask}).value;
    const struct ::statx& native = got.native();
    BOOST_TEST((got.mask() == static_cast<statx_mask>(native.stx_mask)));
    BOOST_TEST(got.attributes() == native.stx_attributes);
    BOOST_TEST(got.attributes_mask() == native.stx_attributes_mask);
    BOOST_TEST((got.attributes() & ~got.attributes_mask()) == 0u);
    BOOST_TEST(got.mnt_id() == native.stx_mnt_id);
    // The headers of older systems do not have these fields: then they are 0.
    if (got.dio_mem_align() != 0)
    {
        BOOST_TEST(got.has(statx_mask::dio_align));
        BOOST_TEST(got.dio_offset_align() != 0u);
        BOOST_TEST((got.dio_mem_align() & (got.dio_mem_align() - 1)) == 0u);
    }
    else
        BOOST_TEST(got.dio_offset_align() == 0u);
    if (!got.has(statx_mask::subvol))
        BOOST_TEST(got.subvol() == 0u);
}

BOOST_AUTO_TEST_CASE(file_times_set_now_or_nothing)
{
    const scratch s;
    const unique_fd fd = s.file("f");
    runner run(way::call);
    const timespec old{1000, 5};
    BOOST_TEST(!run(op::futimens{fd.get(), {.atime = old, .mtime = old}}).ec);
    BOOST_TEST(!run(op::futimens{fd.get(), {}}).ec);
    BOOST_TEST(s.stat("f").st_atim.tv_sec == 1000);
    BOOST_TEST(s.stat("f").st_mtim.tv_nsec == 5);
    const std::time_t before = std::time(nullptr);
    BOOST_TEST(!run(op::futimens{fd.get(), {.mtime = file_times::now}}).ec);
    BOOST_TEST(s.stat("f").st_atim.tv_sec == 1000);
    BOOST_TEST(s.stat("f").st_mtim.tv_sec >= before - 1);
}

BOOST_AUTO_TEST_CASE(times_convert_to_and_from_the_clock)
{
    using namespace std::chrono;
    const auto late = system_clock::time_point(seconds(5)) + milliseconds(250);
    BOOST_TEST(to_timespec(late).tv_sec == 5);
    BOOST_TEST(to_timespec(late).tv_nsec == 250'000'000);
    const auto early = system_clock::time_point(seconds(-5)) + milliseconds(250);
    BOOST_TEST(to_timespec(early).tv_sec == -5);
    BOOST_TEST(to_timespec(early).tv_nsec == 250'000'000);
    BOOST_TEST((to_time_point(to_timespec(early)) == early));
}

BOOST_AUTO_TEST_CASE(dir_batch_yields_every_name_once)
{
    const scratch s;
    std::set<std::string> expected;
    for (int i = 0; i != 10000; ++i)
    {
        const std::string name = "entry-" + std::to_string(i) + std::string(static_cast<std::size_t>(
            i) % 200, '\xfe');
        BOOST_TEST_REQUIRE(::mknodat(s.dir(), name.c_str(), S_IFREG | 0600, 0) == 0);
        expected.insert(name);
    }
    for (std::size_t capacity : {std::size_t(0), dir_batch::default_capacity, std::size_t(1) << 20})
    {
        dir_batch batch(capacity);
        BOOST_TEST(batch.capacity() >= dir_batch::minimal_capacity);
        std::multiset<std::string> got;
        BOOST_TEST_REQUIRE(::lseek(s.dir(), 0, SEEK_SET) == 0);
        while (const int n = batch.fill(s.dir()))
        {
            BOOST_TEST_REQUIRE(n > 0);
            BOOST_TEST(batch.size() == static_cast<std::size_t>(n));
            BOOST_TEST(std::distance(batch.begin(), batch.end()) == n);
            for (const dir_entry& e : batch)
            {
                got.emplace(e.name);
                BOOST_TEST(std::string_view(e.c_str()) == e.name);
                BOOST_TEST((e.type == entry_type::regular || e.type == entry_type::unknown));
            }
        }
        BOOST_TEST(batch.empty());
        BOOST_TEST((std::set<std::string>(got.begin(), got.end()) == expected));
        BOOST_TEST(got.size() == expected.size());
    }
}

BOOST_AUTO_TEST_CASE(dir_batch_moves)
{
    const scratch s;
    s.file("f");
    dir_batch batch;
    BOOST_TEST(batch.empty());
    BOOST_TEST((batch.begin() == batch.end()));
    BOOST_TEST_REQUIRE(batch.fill(s.dir()) == 1);
    dir_batch moved = std::move(batch);
    BOOST_TEST(moved.size() == 1u);
    BOOST_TEST((*moved.begin()).name == "f");
    BOOST_TEST((*moved.begin()).ino == s.stat("f").st_ino);
    BOOST_TEST(batch.empty());
    BOOST_TEST((batch.begin() == batch.end()));
    BOOST_TEST(batch.fill(s.dir()) < 0);
    batch = std::move(moved);
    BOOST_TEST(batch.size() == 1u);
    BOOST_TEST(batch.fill(s.dir()) == 0);
}

BOOST_AUTO_TEST_CASE(dir_batch_iterators_step_twice)
{
    const scratch s;
    s.file("a");
    s.file("b");
    dir_batch batch;
    BOOST_TEST_REQUIRE(batch.fill(s.dir()) == 2);
    auto at = batch.begin();
    const dir_entry first = *at++;
    const dir_entry second = *at++;
    BOOST_TEST((at == batch.end()));
    BOOST_TEST(std::string(first.name) + std::string(second.name) == (first.name == "a" ? "ab" : "ba"));
}

BOOST_AUTO_TEST_CASE(dir_batch_of_an_empty_directory)
{
    const scratch s;
    dir_batch batch;
    BOOST_TEST(batch.fill(s.dir()) == 0);
    BOOST_TEST(batch.empty());
}

static_assert(std::forward_iterator<dir_batch::iterator>);
static_assert(std::forward_iterator<xattr_names::iterator>);

BOOST_AUTO_TEST_CASE(xattr_names_are_what_lies_between_nuls)
{
    const auto list = [](std::string_view bytes) {
        const xattr_names names(bytes.data(), bytes.size());
        return std::vector<std::string>(names.begin(), names.end());
    };
    using strings = std::vector<std::string>;
    BOOST_TEST(list("").empty());
    BOOST_TEST((list(std::string_view("user.a\0", 7)) == strings{"user.a"}));
    BOOST_TEST((list(std::string_view("user.a\0trusted.\xff b\0", 19)) == strings{"user.a",
        "trusted.\xff b"}));
    // Not the kernel's, but no reason to read beyond the end.
    BOOST_TEST((list("user.a") == strings{"user.a"}));
    BOOST_TEST((list(std::string_view("\0\0", 2)) == strings{"", ""}));
    BOOST_TEST(xattr_names().empty());

    const xattr_names two("a\0b", 4);
    BOOST_TEST(!two.empty());
    auto at = two.begin();
    BOOST_TEST(*at++ == "a");
    BOOST_TEST(*at == "b");
    BOOST_TEST((++at == two.end()));
}

BOOST_AUTO_TEST_CASE(unique_fd_closes_once)
{
    const scratch s;
    unique_fd a = s.file("f");
    const int fd = a.get();
    unique_fd b = std::move(a);
    BOOST_TEST(!a);
    BOOST_TEST(b.get() == fd);
    a = std::move(b);
    BOOST_TEST(a.get() == fd);
    a.reset();
    BOOST_TEST(::fcntl(fd, F_GETFD) == -1);
    BOOST_TEST(a.release() == -1);
}

BOOST_AUTO_TEST_CASE(io_buffers_take_what_fits)
{
    std::vector<asio::mutable_buffer> many;
    char bytes[64];
    for (char& c : bytes)
    {
        many.emplace_back(&c, 1);
        many.emplace_back();
    }
    const detail::io_buffers taken(many);
    BOOST_TEST(taken.count() == 16);
    BOOST_TEST(taken.size() == 16u);
    BOOST_TEST(taken.data()[15].iov_base == &bytes[15]);
    const detail::io_buffers copy(taken);
    BOOST_TEST(copy.count() == 16);
    BOOST_TEST(copy.data()[15].iov_base == &bytes[15]);
    BOOST_TEST(detail::io_buffers(asio::const_buffer()).count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
