// SPDX-License-Identifier: BSL-1.0

// What the documentation of the headers shows, compiled and run. A region between "[name" and "name]" stands
// there, word for word: the test doc.pages compares them.

#include "support.hpp"

#include "support/temp_dir.hpp"

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/xattr.h>

#include <cerrno>
#include <cstdint>
#include <future>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio::ip::tcp;
using asio_fs::error_code;
using asio_fs::extended_file;
using asio_fs::test::complete;
using asio_fs::test::content;
using asio_fs::test::temp_dir;

namespace {

// Collects what is written to std::cout meanwhile.
class printed
{
public:
    printed() : before_(std::cout.rdbuf(text_.rdbuf())) {}
    printed(const printed&) = delete;
    printed& operator=(const printed&) = delete;
    ~printed() { std::cout.rdbuf(before_); }

    std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
    std::streambuf* before_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(reference)

BOOST_AUTO_TEST_CASE(acl)
{
    const temp_dir dir;
    asio::io_context ctx;
    extended_file file(ctx, dir.file("file", ""), extended_file::read_write);
    const std::uint32_t uid = 12345;
    try
    {
        // [acl
        asio_fs::acl list = file.acl_get_fd();
        list.set({asio_fs::acl_tag::user, asio_fs::acl_perms::read | asio_fs::acl_perms::write, uid});
        list.calc_mask();
        file.acl_set_fd(list);
        // acl]
    }
    catch (const asio_fs::system_error& e)
    {
        BOOST_TEST(e.code().value() == ENOTSUP);
        BOOST_TEST_MESSAGE("skipped: the file system has no access control lists");
        return;
    }
    BOOST_TEST(file.acl_get_fd().to_text().find("user:12345:rw-") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(as_result)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "12345");
    const auto run = [&]() -> asio::awaitable<std::uint64_t> {
        extended_file file(co_await asio::this_coro::executor, path, extended_file::read_only);
        // [as_result
        asio_fs::result<asio_fs::file_status> status =
            co_await file.async_statx(asio_fs::as_result(asio::use_awaitable));
        // as_result]
        co_return status.value().size();
    };
    BOOST_TEST(complete(run()) == 5u);
}

BOOST_AUTO_TEST_CASE(as_result_by_default)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "12345");
    const auto run = [&]() -> asio::awaitable<std::uint64_t> {
        // [as_result_by_default
        using file_type = asio_fs::as_result_t<asio::use_awaitable_t<>>::as_default_on_t<asio_fs::extended_file>;

        file_type file(co_await asio::this_coro::executor, path, file_type::read_only);
        asio_fs::result<asio_fs::file_status> status = co_await file.async_statx();
        // as_result_by_default]
        co_return status.value().size();
    };
    BOOST_TEST(complete(run()) == 5u);
}

namespace {

// [semaphore
asio::awaitable<void> copy_one(asio_fs::async_semaphore& files, std::string from, std::string to)
{
    co_await files.async_acquire(2, asio::use_awaitable); // two descriptors
    asio_fs::semaphore_permit held(files, 2);
    co_await asio_fs::async_copy_file(files.get_executor(), from, to, {}, asio::use_awaitable);
}
// semaphore]

} // namespace

BOOST_AUTO_TEST_CASE(semaphore)
{
    const temp_dir dir;
    asio::io_context ctx;
    asio_fs::async_semaphore files(ctx, 5);
    for (const char* name : {"a", "b", "c", "d"})
        asio::co_spawn(ctx, copy_one(files, dir.file(name, name), dir / name + ".bak"), asio::detached);
    ctx.run();
    for (const char* name : {"a", "b", "c", "d"})
        BOOST_TEST(content(dir / name + ".bak") == name);
    BOOST_TEST(files.available() == 5);
}

namespace {

asio::awaitable<void> serve(tcp::socket socket)
{
    co_await asio::async_write(socket, asio::buffer("hello", 5), asio::use_awaitable);
}

// [context_pool
asio::awaitable<void> listen(tcp::acceptor acceptor, asio_fs::context_pool& pool)
{
    for (;;)
    {
        const auto executor = pool.least_loaded_executor();
        tcp::socket socket = co_await acceptor.async_accept(executor, asio::use_awaitable);
        asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
    }
}
// context_pool]

} // namespace

BOOST_AUTO_TEST_CASE(context_pool)
{
    asio_fs::context_pool pool({.size = 2, .pin = false});
    tcp::acceptor acceptor(pool.executor(0), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const tcp::endpoint here = acceptor.local_endpoint();
    asio::cancellation_signal stop;
    auto listening = asio::co_spawn(pool.executor(0), listen(std::move(acceptor), pool),
        asio::bind_cancellation_slot(stop.slot(), asio::use_future));

    asio::io_context ctx;
    for (int i = 0; i != 4; ++i)
    {
        tcp::socket client(ctx);
        client.connect(here);
        std::string said;
        error_code ec;
        asio::read(client, asio::dynamic_buffer(said), ec);
        BOOST_TEST(ec == asio::error::eof);
        BOOST_TEST(said == "hello");
    }
    asio::post(pool.executor(0), [&] { stop.emit(asio::cancellation_type::terminal); });
    BOOST_CHECK_THROW(listening.get(), asio_fs::system_error);
    pool.join();
}

BOOST_AUTO_TEST_CASE(tree_walker)
{
    const temp_dir dir;
    const std::string root = dir / "root";
    BOOST_REQUIRE(::mkdir(root.c_str(), 0700) == 0);
    BOOST_REQUIRE(::mkdir((root + "/sub").c_str(), 0700) == 0);
    dir.file("root/sub/file", "");
    const auto run = [&]() -> asio::awaitable<void> {
        // [tree_walker
        asio_fs::tree_walker walker(co_await asio::this_coro::executor, root);
        std::vector<asio_fs::walk_entry> batch;
        while (co_await walker.async_next(batch, asio::use_awaitable))
            for (const asio_fs::walk_entry& entry : batch)
                std::cout << entry.path << '\n';
        // tree_walker]
    };
    const printed out;
    complete(run());
    BOOST_TEST(out.text() == "sub\nsub/file\n");
}

BOOST_AUTO_TEST_CASE(xattr_names)
{
    const temp_dir dir;
    asio::io_context ctx;
    extended_file file(ctx, dir.file("file", ""), extended_file::read_write);
    if (::fsetxattr(file.native_handle(), "user.one", "1", 1, 0) != 0
        || ::fsetxattr(file.native_handle(), "user.two", "2", 1, 0) != 0)
    {
        BOOST_TEST_MESSAGE("skipped: the file system has no extended attributes of users");
        return;
    }
    const printed out;
    // [xattr_names
    std::vector<char> buffer(65536);
    const std::size_t size = file.listxattr(asio::buffer(buffer));
    for (std::string_view name : asio_fs::xattr_names(buffer.data(), size))
        std::cout << name << '\n';
    // xattr_names]
    BOOST_TEST(out.text().find("user.one\n") != std::string::npos);
    BOOST_TEST(out.text().find("user.two\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
