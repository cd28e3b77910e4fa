// SPDX-License-Identifier: BSL-1.0

// The page on migration: how programs do it without the library, and with it.

#include "support.hpp"

#include "support/temp_dir.hpp"

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::test::complete;
using asio_fs::test::temp_dir;

namespace {

namespace before {

// [std_before
std::uintmax_t total_size(const std::filesystem::path& root)
{
    std::uintmax_t total = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.is_regular_file() && !entry.is_symlink())
            total += entry.file_size(); // a system call each, on this thread
    return total;
}
// std_before]

#if defined(BOOST_ASIO_HAS_FILE)
// [asio_before
asio::awaitable<std::string> read_all(std::string path)
{
    asio::random_access_file file(
        co_await asio::this_coro::executor, path, asio::random_access_file::read_only); // blocks
    std::string text(file.size(), '\0');                                               // blocks
    co_await asio::async_read_at(file, 0, asio::buffer(text), asio::use_awaitable);
    co_return text;
}
// asio_before]
#endif

// [pool_before
asio::awaitable<std::uintmax_t> size_of(asio::thread_pool& pool, std::filesystem::path path)
{
    // There and back: to a thread of the pool for the call that blocks.
    const auto home = co_await asio::this_coro::executor;
    co_await asio::post(pool, asio::bind_executor(pool, asio::use_awaitable));
    std::error_code ec;
    const std::uintmax_t size = std::filesystem::file_size(path, ec);
    co_await asio::post(home, asio::bind_executor(home, asio::use_awaitable));
    if (ec)
        throw std::system_error(ec);
    co_return size;
}
// pool_before]

} // namespace before

namespace after {

// [std_after
asio::awaitable<std::uintmax_t> total_size(std::filesystem::path root)
{
    asio_fs::walk_options options;
    options.fields = asio_fs::statx_mask::size;
    asio_fs::tree_walker walker(co_await asio::this_coro::executor, root, options);

    std::uintmax_t total = 0;
    std::vector<asio_fs::walk_entry> batch;
    while (co_await walker.async_next(batch, asio::use_awaitable) != 0)
        for (const asio_fs::walk_entry& entry : batch)
        {
            if (entry.error) // recursive_directory_iterator throws, too
                throw asio_fs::system_error(entry.error, entry.path);
            if (entry.type == asio_fs::entry_type::regular && entry.status)
                total += entry.status->size();
        }
    co_return total;
}
// std_after]

// [asio_after
asio::awaitable<std::string> read_all(std::string path)
{
    asio_fs::extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(path, asio_fs::extended_file::read_only, asio::use_awaitable);
    std::string text((co_await file.async_statx(asio::use_awaitable)).size(), '\0');
    co_await asio::async_read_at(file, 0, asio::buffer(text), asio::use_awaitable);
    co_return text;
}
// asio_after]

// [pool_after
asio::awaitable<std::uintmax_t> size_of(asio_fs::extended_dir& dir, std::filesystem::path path)
{
    co_return (co_await dir.async_statx(path, asio::use_awaitable)).size();
}
// pool_after]

} // namespace after

} // namespace

BOOST_AUTO_TEST_SUITE(migration)

BOOST_AUTO_TEST_CASE(from_std_filesystem)
{
    const temp_dir dir;
    std::filesystem::create_directories(dir / "a/b");
    dir.file("a/b/file", "12345");
    dir.file("other", "123");
    std::filesystem::create_symlink("other", dir / "link");
    BOOST_TEST(before::total_size(dir.path()) == 8u);
    BOOST_TEST(complete(after::total_size(dir.path())) == 8u);
}

BOOST_AUTO_TEST_CASE(from_asio_files)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "content");
#if defined(BOOST_ASIO_HAS_FILE)
    bool refused = false;
    try
    {
        BOOST_TEST(complete(before::read_all(path)) == "content");
    }
    catch (const asio_fs::system_error&)
    {
        refused = true; // no io_uring, no files of Asio's
    }
    BOOST_TEST_MESSAGE("io_uring " << (refused ? "is refused" : "works"));
#endif
    BOOST_TEST(complete(after::read_all(path)) == "content");
}

BOOST_AUTO_TEST_CASE(from_a_thread_pool)
{
    const temp_dir dir;
    dir.file("file", "content");
    {
        asio::io_context ctx; // outlives the pool's thread, which may still be on its way out of a post
        asio::thread_pool pool(1);
        BOOST_TEST(complete(before::size_of(pool, dir / "file"), ctx) == 7u);
    }
    const auto run = [&]() -> asio::awaitable<std::uintmax_t> {
        asio_fs::extended_dir d(co_await asio::this_coro::executor, dir.path());
        co_return co_await after::size_of(d, "file");
    };
    BOOST_TEST(complete(run()) == 7u);
}

BOOST_AUTO_TEST_SUITE_END()
