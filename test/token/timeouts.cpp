// SPDX-License-Identifier: BSL-1.0

// Per-operation timeouts: what waits for ever ends by a timer and a cancellation slot, by `||`, and by
// cancel_after.

#include "support/descriptors.hpp"
#include "support/engines.hpp"
#include "support/store.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/async_semaphore.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <boost/version.hpp>

#if BOOST_VERSION >= 108600
#include <boost/asio/cancel_after.hpp>
#endif

#include <sys/stat.h>

#include <chrono>
#include <string>

using namespace asio_fs;
using namespace asio_fs::test;
using namespace std::chrono_literals;

namespace timeouts_test {

constexpr auto limit = 20ms;

// Operations that wait until somebody else does something: the other end of a fifo is opened, a lock is given
// up, a permit comes back. Nobody does.
struct waiting
{
    explicit waiting(engine_choice e)
        : ctx(e),
          dir(ctx, place.path()),
          closed(ctx),
          holder(ctx, place.file("f", "content"), file_base::read_write),
          locked(ctx, place / "f", file_base::read_write)
    {
        BOOST_TEST_REQUIRE(::mkfifo((place / "fifo").c_str(), 0600) == 0);
        holder.lock(lock_type::exclusive);
    }

    // Calls f with each operation, which takes a token, and looks whether the objects can still be used.
    template <class F>
    void each(F f)
    {
        f([this](auto token) { return closed.async_open(place / "fifo", file_base::read_only, token); });
        BOOST_TEST(!closed.is_open());
        closed.open(place / "f", file_base::read_only);
        closed.close();
        f([this](auto token) { return dir.async_openat("fifo", file_base::read_only, token); });
        BOOST_TEST(dir.statx("fifo").is_fifo());
        f([this](auto token) { return locked.async_lock(lock_type::exclusive, token); });
        holder.unlock();
        locked.lock(lock_type::exclusive);
        locked.unlock();
        holder.lock(lock_type::exclusive);
        f([this](auto token) { return permits.async_acquire(token); });
        BOOST_TEST(permits.waiting() == 0u);
    }

    temp_dir place;
    context ctx;
    extended_dir dir;
    extended_file closed, holder, locked;
    async_semaphore permits{ctx, 0};
};

template <class T>
asio::awaitable<void> competes(asio::awaitable<T> operation, bool& timer_won)
{
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, limit);
    const auto winner = co_await (std::move(operation) || timer.async_wait(asio::use_awaitable));
    timer_won = winner.index() == 1;
}

void rethrow(std::exception_ptr e)
{
    if (e)
        std::rethrow_exception(e);
}

} // namespace timeouts_test

using namespace timeouts_test;

BOOST_AUTO_TEST_SUITE(token_timeouts)

BOOST_DATA_TEST_CASE(a_timer_and_a_slot, engines, engine)
{
    const std::size_t before = open_descriptors();
    {
        waiting w(engine);
        w.each([&](auto start) {
            asio::cancellation_signal signal;
            error_code ec = asio::error::would_block;
            start(asio::bind_cancellation_slot(signal.slot(), store{&ec}));
            asio::steady_timer timer(w.ctx, limit);
            timer.async_wait([&](error_code) {
                BOOST_TEST(ec == asio::error::would_block);
                signal.emit(asio::cancellation_type::total);
            });
            w.ctx.restart();
            w.ctx.run();
            BOOST_TEST(ec == asio::error::operation_aborted, ec.message());
        });
    }
    BOOST_TEST(open_descriptors() == before);
}

BOOST_DATA_TEST_CASE(either_the_operation_or_a_timer, engines, engine)
{
    const std::size_t before = open_descriptors();
    {
        waiting w(engine);
        w.each([&](auto start) {
            bool timer_won = false;
            asio::co_spawn(w.ctx, competes(start(asio::use_awaitable), timer_won), rethrow);
            w.ctx.restart();
            w.ctx.run();
            BOOST_TEST(timer_won);
        });
    }
    BOOST_TEST(open_descriptors() == before);
}

#if BOOST_VERSION >= 108600
BOOST_DATA_TEST_CASE(cancel_after, engines, engine)
{
    const std::size_t before = open_descriptors();
    {
        waiting w(engine);
        w.each([&](auto start) {
            error_code ec = asio::error::would_block;
            start(asio::cancel_after(limit, store{&ec}));
            w.ctx.restart();
            w.ctx.run();
            BOOST_TEST(ec == asio::error::operation_aborted, ec.message());
        });
    }
    BOOST_TEST(open_descriptors() == before);
}
#endif

BOOST_AUTO_TEST_SUITE_END()
