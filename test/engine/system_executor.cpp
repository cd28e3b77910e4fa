// SPDX-License-Identifier: BSL-1.0

// asio::system_executor belongs to an execution context as well: Asio's own threads run the handlers, and no loop.

#include "support/temp_dir.hpp"

#include <asio_fs/extended_file.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <utility>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// Nobody can run the context when an operation does not complete: the test gives up instead of waiting.
template <class T>
T soon(std::future<T> answer)
{
    BOOST_REQUIRE((answer.wait_for(std::chrono::seconds(60)) == std::future_status::ready));
    return answer.get();
}

template <class File>
void works(File file, const std::string& path)
{
    soon(file.async_open(path, file_base::read_write, asio::use_future));
    BOOST_TEST(soon(file.async_statx(asio::use_future)).size() == 7u);
    soon(file.async_fchmod(0600, asio::use_future)); // a worker thread's
    std::string text(7, '\0');
    BOOST_TEST(soon(file.async_read_some_at(0, asio::buffer(text), asio::use_future)) == 7u);
    BOOST_TEST(text == "content");

    std::promise<std::thread::id> ran;
    file.async_statx([&](error_code, const file_status&) { ran.set_value(std::this_thread::get_id()); });
    BOOST_TEST((soon(ran.get_future()) != std::this_thread::get_id()));
    soon(file.async_close(asio::use_future));
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_system_executor)

BOOST_AUTO_TEST_CASE(runs_operations)
{
    const temp_dir dir;
    const std::string path = dir.file("f", "content");
    works(basic_extended_file<asio::system_executor>(asio::system_executor()), path);
    works(extended_file(asio::any_io_executor(asio::system_executor())), path);
}

BOOST_AUTO_TEST_CASE(cancels_operations)
{
    const temp_dir dir;
    BOOST_REQUIRE(::mkfifo((dir / "fifo").c_str(), 0600) == 0);
    std::promise<error_code> done;
    {
        basic_extended_file<asio::system_executor> file{asio::system_executor()};
        file.async_open(dir / "fifo", file_base::read_only, [&](error_code ec) { done.set_value(ec); });
    }
    BOOST_TEST(soon(done.get_future()) == asio::error::operation_aborted);
}

BOOST_AUTO_TEST_SUITE_END()
