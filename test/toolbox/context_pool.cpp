// SPDX-License-Identifier: BSL-1.0

// context_pool: threads and CPUs, the choice of executors, an orderly end, exceptions.

#include "support/temp_dir.hpp"

#include <asio_fs/async_semaphore.hpp>
#include <asio_fs/context_pool.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;

namespace {

int cpus_of_this_thread()
{
    cpu_set_t set;
    return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : -1;
}

// Runs a function on an executor and waits for its result.
template <class Function>
auto on(const context_pool::executor_type& ex, Function f)
{
    return asio::post(ex, asio::use_future(std::move(f))).get();
}

} // namespace

BOOST_AUTO_TEST_SUITE(context_pool_)

BOOST_AUTO_TEST_CASE(a_pinned_thread_for_each_cpu)
{
    const int cpus = cpus_of_this_thread();
    context_pool pool;
    BOOST_TEST(pool.size() == static_cast<std::size_t>(cpus));
    std::set<std::thread::id> threads;
    std::set<int> used;
    for (std::size_t i = 0; i != pool.size(); ++i)
    {
        threads.insert(on(pool.executor(i), [] { return std::this_thread::get_id(); }));
        used.insert(on(pool.executor(i), [] { return ::sched_getcpu(); }));
        BOOST_TEST(on(pool.executor(i), [] { return cpus_of_this_thread(); }) == 1);
    }
    BOOST_TEST(threads.size() == pool.size());
    BOOST_TEST(used.size() == pool.size());
    BOOST_TEST(!threads.contains(std::this_thread::get_id()));
    BOOST_TEST(cpus_of_this_thread() == cpus);

    context_pool three({.size = 3, .pin = false});
    BOOST_TEST(three.size() == 3u);
    BOOST_TEST(on(three.executor(2), [] { return cpus_of_this_thread(); }) == cpus);
}

BOOST_AUTO_TEST_CASE(executors_in_turn)
{
    context_pool pool({.size = 3});
    for (std::size_t i = 0; i != 7; ++i)
        BOOST_TEST((pool.get_executor() == pool.executor(i % 3)));
    // Nobody is busy.
    std::this_thread::sleep_for(20ms);
    std::array<int, 3> given{};
    for (int i = 0; i != 30; ++i)
    {
        const auto ex = pool.least_loaded_executor();
        for (std::size_t k = 0; k != 3; ++k)
            given[k] += ex == pool.executor(k);
    }
    for (const int n : given)
        BOOST_TEST(n >= 5);
}

BOOST_AUTO_TEST_CASE(who_is_busy_is_spared)
{
    context_pool pool({.size = 2, .pin = false});
    std::atomic<bool> enough = false;
    asio::post(pool.executor(0),
               [&]
               {
                   while (!enough)
                   {}
               });
    int given = 0, asked = 0;
    pool.least_loaded_executor();
    // A sample may fall into a moment in which another process has the CPU.
    for (; asked != 20; ++asked)
    {
        std::this_thread::sleep_for(40ms);
        given += pool.least_loaded_executor() == pool.executor(1);
    }
    enough = true;
    BOOST_TEST(given >= 13);
}

BOOST_AUTO_TEST_CASE(each_context_has_an_engine_whose_workers_run_anywhere)
{
    const temp_dir dir;
    const std::string name = dir.file("f", "content");
    const int cpus = cpus_of_this_thread();
    engine_options workers;
    workers.use_io_uring = false;
    context_pool pool({.size = 2, .pin = true, .engine = workers});
    for (std::size_t i = 0; i != pool.size(); ++i)
    {
        const auto size_of_file = [&]() -> asio::awaitable<std::uint64_t>
        {
            extended_file file(co_await asio::this_coro::executor, name, extended_file::read_only);
            const file_status status = co_await file.async_statx(asio::use_awaitable);
            co_return status.size();
        };
        BOOST_TEST(asio::co_spawn(pool.executor(i), size_of_file, asio::use_future).get() == 7u);
    }
    // The operation above has started a worker from a pinned thread: count the threads that are not pinned.
    int unpinned = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task"))
    {
        cpu_set_t set;
        if (::sched_getaffinity(std::stoi(task.path().filename()), sizeof set, &set) == 0)
            unpinned += CPU_COUNT(&set) == cpus;
    }
    if (cpus > 1)
        BOOST_TEST(unpinned >= 3); // this thread and a worker of each context
}

BOOST_AUTO_TEST_CASE(runs_without_work_until_it_is_joined)
{
    std::atomic<int> called = 0;
    context_pool pool({.size = 2});
    std::this_thread::sleep_for(20ms);
    for (std::size_t i = 0; i != 2; ++i)
        asio::post(pool.executor(i), [&] { ++called; });
    pool.join();
    BOOST_TEST(called == 2);
    pool.join();
}

// Work that goes to and fro, while the context that it comes to has none of its own.
BOOST_AUTO_TEST_CASE(join_waits_for_work_that_others_bring)
{
    for (int round = 0; round != 20; ++round)
    {
        context_pool pool({.size = 3});
        std::atomic<int> hops = 0;
        struct hop
        {
            context_pool& pool;
            std::atomic<int>& hops;
            void operator()() const
            {
                const int n = ++hops;
                if (n % 100 == 50)
                    std::this_thread::sleep_for(1ms);
                if (n != 300)
                    asio::post(pool.executor(static_cast<std::size_t>(n) % 3), *this);
            }
        };
        asio::post(pool.executor(0), hop{pool, hops});
        pool.join();
        BOOST_TEST(hops == 300);
    }
}

BOOST_AUTO_TEST_CASE(a_context_goes_on_while_another_one_needs_it)
{
    context_pool pool({.size = 2});
    bool answered = false;
    // Waits on the first context for what the second one, which has nothing else to do, answers later.
    asio::co_spawn(
        pool.executor(0),
        [&]() -> asio::awaitable<void>
        {
            asio::steady_timer timer(pool.executor(0), 30ms);
            co_await timer.async_wait(asio::use_awaitable);
            co_await asio::post(asio::bind_executor(pool.executor(1), asio::use_awaitable));
            answered = true;
        },
        asio::detached);
    pool.join();
    BOOST_TEST(answered);
}

BOOST_AUTO_TEST_CASE(stop_ends_it_whatever_waits)
{
    std::atomic<bool> called = false;
    auto witness = std::make_shared<int>();
    {
        context_pool pool({.size = 2});
        auto timer = std::make_shared<asio::steady_timer>(pool.executor(0), 1h);
        timer->async_wait([&, witness, timer](error_code) { called = true; });
        // A handler of one context that owns an object of the other.
        auto other = std::make_shared<asio::steady_timer>(pool.executor(1), 1h);
        other->async_wait([&, witness, timer, other](error_code) { called = true; });
        async_semaphore semaphore(pool.executor(1), 0);
        auto owner = std::make_shared<async_semaphore>(pool.executor(0), 0);
        owner->async_acquire([&, witness, owner, timer](error_code) { called = true; });
        timer.reset();
        other.reset();
        owner.reset();
        asio::post(pool.executor(1), [&] { pool.stop(); });
        pool.join();
        BOOST_TEST(witness.use_count() > 1);
    }
    BOOST_TEST(!called);
    BOOST_TEST(witness.use_count() == 1);
    // From another thread, while it is joined.
    {
        context_pool pool({.size = 2});
        std::thread stopper(
            [&]
            {
                std::this_thread::sleep_for(10ms);
                pool.stop();
            });
        auto forever = asio::make_work_guard(pool.executor(1));
        pool.join();
        stopper.join();
    }
}

BOOST_AUTO_TEST_CASE(an_exception_stops_the_pool_and_is_thrown_by_join)
{
    for (const bool late : {false, true})
    {
        context_pool pool({.size = 2});
        auto forever = asio::make_work_guard(pool.executor(0));
        asio::post(pool.executor(1),
                   [late]
                   {
                       if (late)
                           std::this_thread::sleep_for(20ms);
                       throw std::runtime_error("from a handler");
                   });
        if (!late)
            std::this_thread::sleep_for(20ms);
        BOOST_CHECK_EXCEPTION(pool.join(), std::runtime_error,
                              [](const std::runtime_error& e)
                              { return e.what() == std::string("from a handler"); });
        pool.join();
    }
}

BOOST_AUTO_TEST_CASE(an_exception_that_nobody_takes_ends_the_program)
{
    const pid_t child = ::fork();
    BOOST_TEST_REQUIRE(child >= 0);
    if (child == 0)
    {
        std::set_terminate([] { ::_exit(42); });
        {
            context_pool pool({.size = 1});
            std::promise<void> thrown;
            asio::post(pool.executor(0),
                       [&]
                       {
                           thrown.set_value();
                           throw std::runtime_error("from a handler");
                       });
            thrown.get_future().wait();
        }
        ::_exit(0);
    }
    int status = 0;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 42);
}

BOOST_AUTO_TEST_SUITE_END()
