// SPDX-License-Identifier: BSL-1.0

// Many operations at once: more than the ring holds, more than Asio's own ring can complete.

#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/strand.hpp>

#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

BOOST_AUTO_TEST_SUITE(engine_burst)

BOOST_DATA_TEST_CASE(ten_thousand_operations_in_one_burst, engines, engine)
{
    const temp_dir dir;
    const std::string name = dir.file("f", "content");
    for (int hint : {1, BOOST_ASIO_CONCURRENCY_HINT_DEFAULT})
    {
        context ctx(engine, hint);
        extended_file file(ctx.get_executor(), name, open_flags(O_RDONLY));
        int done = 0, right = 0;
        for (int i = 0; i != 10000; ++i)
            file.async_statx([&](error_code ec, file_status s) {
                ++done;
                right += !ec && s.size() == 7;
            });
        BOOST_TEST(done == 0);   // never from inside the initiating function
        ctx.run();
        BOOST_TEST(done == 10000);
        BOOST_TEST(right == 10000);
    }
}

// The first one waits for the second, which must not wait for the thread that the first one has taken.
BOOST_DATA_TEST_CASE(two_operations_do_not_share_one_idle_thread, engines, engine)
{
    const temp_dir dir;
    const std::string fifo = dir / "fifo";
    BOOST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    context ctx(engine);
    extended_dir quick(ctx, dir / ".");
    quick.async_statx("fifo", [](error_code, file_status) {});
    ctx.run();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));   // its thread is idle now, if it had one
    ctx.restart();
    extended_file reader(ctx), writer(ctx);
    int open = 0;
    reader.async_open(fifo, file_base::read_only, [&](error_code ec) { open += !ec; });
    writer.async_open(fifo, file_base::write_only, [&](error_code ec) { open += !ec; });
    ctx.run_for(std::chrono::seconds(10));
    BOOST_TEST(open == 2);
}

// Inline completions (cached reads) and such by kernel workers (statx) mixed, run by four threads.
BOOST_DATA_TEST_CASE(bursts_from_and_on_many_threads, engines, engine)
{
    const temp_dir dir;
    const std::string name = dir.file("f", std::string(4096, 'x'));
    context ctx(engine);
    constexpr int per_file = 2000;
    std::vector<extended_file> files;
    std::vector<std::vector<char>> buffers(4, std::vector<char>(4096));
    for (int i = 0; i != 4; ++i)
        files.emplace_back(asio::make_strand(ctx), name, open_flags(O_RDONLY));
    std::atomic<int> done = 0, right = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i != 4; ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n != per_file; ++n)
                if (n % 2 == 0)
                    files[i].async_statx([&](error_code ec, file_status s) {
                        ++done;
                        right += !ec && s.size() == 4096;
                    });
                else
                    files[i].async_read_some_at(0, asio::buffer(buffers[i]), [&](error_code ec, std::size_t bytes) {
                        ++done;
                        right += !ec && bytes == 4096;
                    });
        });
    for (std::thread& t : threads)
        t.join();
    threads.clear();
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&] { ctx.run(); });
    for (std::thread& t : threads)
        t.join();
    BOOST_TEST(done.load() == 4 * per_file);
    BOOST_TEST(right.load() == 4 * per_file);
}

// The kernel cancels what a thread has submitted when the thread ends; users never notice.
BOOST_DATA_TEST_CASE(operations_survive_the_thread_that_submitted_them, engines, engine)
{
    const temp_dir dir;
    const std::string name = dir.file("f", "content");
    context ctx(engine);
    extended_file file(ctx.get_executor(), name, open_flags(O_RDONLY));
    int done = 0, right = 0;
    for (int round = 0; round != 50; ++round)
    {
        for (int i = 0; i != 50; ++i)
            file.async_statx([&](error_code ec, file_status) {
                ++done;
                right += !ec;
            });
        std::thread([&] {
            ctx.restart();
            ctx.poll_one();   // submits, and leaves
        }).join();
    }
    ctx.restart();
    ctx.run();
    BOOST_TEST(done == 2500);
    BOOST_TEST(right == 2500);
}

BOOST_AUTO_TEST_SUITE_END()
