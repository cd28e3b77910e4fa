// SPDX-License-Identifier: BSL-1.0
#include "small_file_system.hpp"
#include "support.hpp"

#include <asio_fs/detail/tree/direct_copier.hpp>

#include <boost/test/data/test_case.hpp>

#include <chrono>
#include <cstring>
#include <new>
#include <random>
#include <stdexcept>
#include <utility>

// Files that several threads or many transfers share.

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
namespace data = boost::unit_test::data;

namespace {

std::string noise(std::size_t size)
{
    std::string result(size, 0);
    std::mt19937_64 random(size);
    for (std::size_t at = 0; at + 8 <= size; at += 8)
    {
        const std::uint64_t word = random();
        std::memcpy(result.data() + at, &word, sizeof word);
    }
    return result;
}

copy_options options_for(copy_method method)
{
    copy_options options;
    options.method = method;
    options.workers = 4;
    return options;
}

// A file to be copied by direct transfers, and an empty one.
struct direct_copy
{
    scratch where{in_memory()};
    const std::string content = noise(std::size_t{16} << 20);
    unique_fd in = opened("from", content, O_RDONLY);
    unique_fd out = opened("to", "", O_WRONLY);
    detail::direct_copier copier{16, 256 * 1024};

    unique_fd opened(std::string_view name, std::string_view text, int access) const
    {
        make_file(where / name, text);
        return unique_fd{::open((where / name).c_str(), access | O_CLOEXEC)};
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(large_files)

// Sizes around pieces, buffers and blocks, on the disk and in memory.
BOOST_DATA_TEST_CASE(arrive_whole,
                     data::make({std::size_t{64} << 20, (std::size_t{40} << 20) + 1,
                                 (std::size_t{33} << 20) - 4097, std::size_t{256 * 1024},
                                 std::size_t{256 * 1024 + 1}, std::size_t{1}}),
                     size)
{
    const std::string content = noise(size);
    for (const char* place : {in_memory(), static_cast<const char*>(nullptr)})
    {
        for (const copy_method method : {copy_method::automatic, copy_method::direct})
        {
            scratch where(place);
            make_file(where / "from", content);
            std::uint64_t told = 0;
            copy_options options = options_for(method);
            options.progress_interval = std::chrono::milliseconds(0);
            options.on_progress = [&](const copy_progress& now)
            {
                BOOST_TEST(now.bytes_copied >= told); // it never goes back
                told = now.bytes_copied;
            };
            const auto result = copy_file(where / "from", where / "to", options);
            BOOST_TEST(!result.error, result);
            BOOST_TEST(result.report.bytes_copied + result.report.bytes_cloned == size);
            BOOST_TEST((content_of(where / "to") == content));
            BOOST_TEST(told == result.report.bytes_copied);
        }
    }
}

BOOST_AUTO_TEST_CASE(in_place_they_leave_nothing_of_what_was_there)
{
    const std::string content = noise((std::size_t{40} << 20) + 5);
    const std::string before = noise(std::size_t{50} << 20);
    for (const copy_method method : {copy_method::automatic, copy_method::direct})
    {
        scratch where;
        make_file(where / "from", content);
        make_file(where / "to", before);
        copy_options options = options_for(method);
        options.in_place = true;
        const auto result = copy_file(where / "from", where / "to", options);
        BOOST_TEST(!result.error, result);
        BOOST_TEST((content_of(where / "to") == content));
    }
}

BOOST_AUTO_TEST_CASE(without_space_leave_nothing, *boost::unit_test::precondition(can_mount()))
{
    scratch where;
    const small_file_system target(where / "small", "size=20m");
    BOOST_REQUIRE(target.mounted());
    make_file(where / "from", noise(std::size_t{40} << 20));
    for (const copy_method method : {copy_method::automatic, copy_method::direct, copy_method::read_write})
    {
        const auto result = copy_file(where / "from", where / "small/to", options_for(method));
        BOOST_TEST(result.error == errno_code(ENOSPC), result);
        BOOST_TEST(!exists(where / "small/to"));
    }
}

BOOST_AUTO_TEST_CASE(threads_that_run_out_of_space_leave_nothing,
                     *boost::unit_test::precondition(can_mount()))
{
    scratch where;
    const small_file_system target(where / "small", "size=60m");
    BOOST_REQUIRE(target.mounted());
    make_file(where / "small/from", noise(std::size_t{40} << 20));
    const auto result =
        copy_file(where / "small/from", where / "small/to", options_for(copy_method::automatic));
    BOOST_TEST(result.error == errno_code(ENOSPC), result);
    BOOST_TEST(!exists(where / "small/to"));
}

BOOST_AUTO_TEST_CASE(a_failing_progress_function_ends_them)
{
    scratch where(in_memory());
    make_file(where / "from", noise(std::size_t{64} << 20));
    for (const copy_method method : {copy_method::automatic, copy_method::direct})
    {
        copy_options options = options_for(method);
        options.progress_interval = std::chrono::milliseconds(0);
        options.on_progress = [](const copy_progress& now)
        {
            if (now.bytes_copied > 0)
                throw std::runtime_error("enough");
        };
        BOOST_CHECK_THROW(copy_file(where / "from", where / "to", options), std::runtime_error);
        BOOST_TEST(!exists(where / "to"));
    }
}

BOOST_FIXTURE_TEST_CASE(direct_transfers_are_over_when_an_exception_leaves, direct_copy)
{
    const auto going_on = [] { return false; };
    detail::content_result result;
    bool thrown = false;
    try
    {
        copier.copy(
            in.get(), out.get(), content.size(), going_on, [](std::uint64_t) { throw std::bad_alloc(); },
            result);
    }
    catch (const std::bad_alloc&)
    {
        thrown = true;
    }
    result = {};
    const bool able = copier.copy(
        in.get(), out.get(), content.size(), going_on, [](std::uint64_t) {}, result);
    BOOST_TEST(thrown == able);
    if (!able)
    {
        BOOST_TEST_MESSAGE("O_DIRECT or io_uring cannot be had here");
        return;
    }
    BOOST_TEST(!result.error, result.error.message());
    BOOST_TEST(result.bytes_copied == content.size());
    BOOST_TEST((content_of(where / "to") == content));
}

// What was read behind its new end may be written already: nothing of that counts.
BOOST_FIXTURE_TEST_CASE(direct_transfers_of_a_file_that_shrinks_are_given_up, direct_copy)
{
    constexpr off_t left = 300 * 1024 + 7;
    bool shrunk = false;
    const auto shrink = [&](std::uint64_t)
    {
        if (!std::exchange(shrunk, true))
            BOOST_REQUIRE_EQUAL(::truncate((where / "from").c_str(), left), 0);
    };
    detail::content_result result;
    BOOST_TEST(!copier.copy(
        in.get(), out.get(), content.size(), [] { return false; }, shrink, result));
    if (!shrunk)
    {
        BOOST_TEST_MESSAGE("O_DIRECT or io_uring cannot be had here");
        return;
    }
    BOOST_TEST(!result.error, result.error.message());
    BOOST_TEST(!result.ended_early);
    BOOST_TEST(result.bytes_copied == 0u);
    BOOST_TEST(status_of(where / "to").st_size == 0);

    // The copy as a whole begins again, in another way, and gets what is left.
    make_file(where / "from", content);
    shrunk = false;
    copy_options options = options_for(copy_method::direct);
    options.progress_interval = std::chrono::milliseconds(0);
    options.on_progress = [&](const copy_progress& now)
    {
        if (now.bytes_copied > 0)
            shrink(0);
    };
    const auto copied = copy_file(where / "from", where / "copy", options);
    BOOST_TEST(!copied.error, copied);
    BOOST_TEST(shrunk);
    BOOST_TEST((content_of(where / "copy") == content.substr(0, left)));
}

BOOST_AUTO_TEST_SUITE_END()
