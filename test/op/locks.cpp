// SPDX-License-Identifier: BSL-1.0

// Locks that have to wait: what ends the waiting, and who has the lock then.

#include "op/runner.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <memory>
#include <ostream>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;

namespace {

// A file opened twice; the holder has it locked.
struct fixture
{
    explicit fixture(engine_choice e)
        : ctx(e),
          holder(ctx, s.files.file("f", "content"), extended_file::read_write),
          waiter(ctx, s.files / "f", extended_file::read_write)
    {
        holder.lock(lock_type::exclusive);
    }

    auto store() { return [this](error_code e) { ec = e; }; }

    // Lets operations get as far as they can without anybody's help.
    void run_for(std::chrono::milliseconds time)
    {
        ctx.restart();
        ctx.run_for(time);
    }

    void run()
    {
        ctx.restart();
        ctx.run();
    }

    // Nobody has any lock.
    bool is_free()
    {
        extended_file third(ctx, s.files / "f", extended_file::read_write);
        error_code failed;
        third.try_lock(lock_type::exclusive, failed);
        return !failed;
    }

    scratch s;
    context ctx;
    extended_file holder, waiter;
    error_code ec = asio::error::would_block;
};

} // namespace

BOOST_AUTO_TEST_SUITE(locks)

BOOST_DATA_TEST_CASE(wait_for_the_holder, engines, engine)
{
    fixture t(engine);
    t.waiter.async_lock(lock_type::exclusive, t.store());
    t.run_for(20ms);
    BOOST_TEST(t.ec == asio::error::would_block);
    t.holder.unlock(0, 1);
    t.run_for(20ms);
    BOOST_TEST(t.ec == asio::error::would_block);
    t.holder.unlock();
    t.run();
    BOOST_TEST(!t.ec);
    BOOST_TEST(!t.is_free());
    error_code ec;
    t.holder.try_lock(lock_type::shared, 3, 1, ec);
    BOOST_TEST(ec == boost::system::errc::resource_unavailable_try_again);
    BOOST_CHECK_THROW(t.holder.try_lock(lock_type::shared), system_error);
    // A lock ends with the file.
    t.waiter.close();
    BOOST_TEST(t.is_free());
}

BOOST_DATA_TEST_CASE(ranges_do_not_wait_for_each_other, engines, engine)
{
    fixture t(engine);
    t.holder.unlock(4, 2);
    t.waiter.async_lock(lock_type::exclusive, 4, 2, t.store());
    t.run();
    BOOST_TEST(!t.ec);
}

enum class ending { signal, cancel, close };

std::ostream& operator<<(std::ostream& out, ending e)
{
    return out << (e == ending::signal ? "signal" : e == ending::cancel ? "cancel" : "close");
}

const auto endings = boost::unit_test::data::make({ending::signal, ending::cancel, ending::close});

BOOST_DATA_TEST_CASE(cancelled_while_they_wait_leave_nothing_locked, engines* endings, engine, how)
{
    fixture t(engine);
    asio::cancellation_signal signal;
    t.waiter.async_lock(lock_type::exclusive, asio::bind_cancellation_slot(signal.slot(), t.store()));
    t.run_for(20ms);
    BOOST_TEST(t.ec == asio::error::would_block);
    if (how == ending::signal)
        signal.emit(asio::cancellation_type::total);
    else if (how == ending::cancel)
        t.waiter.cancel();
    else
        t.waiter.close();
    t.run();
    BOOST_TEST(t.ec == asio::error::operation_aborted);
    t.holder.unlock();
    BOOST_TEST(t.is_free());
}

// Whichever wins: success with the lock, or operation_aborted without.
BOOST_DATA_TEST_CASE(cancelled_as_they_are_granted, engines, engine)
{
    fixture t(engine);
    int gained = 0;
    for (int i = 0; i != 200; ++i)
    {
        t.ec = asio::error::would_block;
        t.waiter.async_lock(lock_type::exclusive, t.store());
        if (i % 2 == 0)
            t.run_for(1ms);
        if (i % 3 != 0)
            t.holder.unlock();
        t.waiter.cancel();
        t.holder.unlock();
        t.run();
        BOOST_TEST_REQUIRE((!t.ec || t.ec == asio::error::operation_aborted), t.ec.message());
        BOOST_TEST_REQUIRE(t.is_free() == t.ec.failed());
        gained += !t.ec;
        t.waiter.unlock();
        t.holder.lock(lock_type::exclusive);
    }
    BOOST_TEST_MESSAGE(gained << " of 200 were granted");
}

BOOST_DATA_TEST_CASE(the_context_goes_while_they_wait, engines, engine)
{
    scratch s;
    auto ctx = std::make_unique<context>(engine);
    asio::io_context outside;
    extended_file holder(outside, s.files.file("f", ""), extended_file::read_write);
    holder.lock(lock_type::exclusive);
    {
        auto waiter = std::make_shared<extended_file>(*ctx, s.files / "f", extended_file::read_write);
        waiter->async_lock(lock_type::shared, [waiter](error_code) {});
    }
    ctx->run_for(10ms);
    ctx.reset();
    holder.unlock();
    extended_file third(outside, s.files / "f", extended_file::read_write);
    error_code ec;
    third.try_lock(lock_type::exclusive, ec);
    BOOST_TEST(!ec);
}

// More than there are CPUs: the pool grows, and each gets its turn.
BOOST_DATA_TEST_CASE(many_wait_for_one, engines, engine)
{
    fixture t(engine);
    std::vector<extended_file> files;
    int done = 0, at_once = 0;
    for (int i = 0; i != 20; ++i)
        files.emplace_back(t.ctx, t.s.files / "f", extended_file::read_write);
    for (extended_file& f : files)
        f.async_lock(lock_type::exclusive, [&](error_code ec) {
            BOOST_TEST(!ec);
            BOOST_TEST(++at_once == 1);
            ++done;
            --at_once;
            f.unlock();
        });
    t.run_for(20ms);
    BOOST_TEST(done == 0);
    t.holder.close();
    t.run();
    BOOST_TEST(done == 20);
}

// However many wait, giving up what they wait for finds a thread.
BOOST_AUTO_TEST_CASE(those_who_wait_leave_a_thread_for_the_rest)
{
    engine_options options;
    options.use_io_uring = false;
    options.worker_threads = 2;
    const scratch s;
    asio::io_context ctx;
    configure_engine(ctx, options);
    extended_file holder(ctx, s.files.file("f", "content"), extended_file::read_write);
    holder.lock(lock_type::exclusive);
    std::vector<extended_file> files;
    int done = 0;
    for (int i = 0; i != 8; ++i)
    {
        files.emplace_back(ctx, s.files / "f", extended_file::read_write);
        files.back().async_lock(lock_type::shared, [&](error_code ec) {
            BOOST_TEST(!ec);
            ++done;
        });
    }
    holder.async_unlock([&](error_code ec) { BOOST_TEST(!ec); });
    ctx.run();
    BOOST_TEST(done == 8);
}

BOOST_AUTO_TEST_SUITE_END()
