// SPDX-License-Identifier: BSL-1.0

// Every operation cancelled at every point: before the engine has passed it on, right after, at a random
// moment, and when it is over; by its slot, through its object, and by the end of the io_context. It
// completes exactly once, with its own result or with operation_aborted, and nothing leaks.

#include "token/calls.hpp"
#include "support/descriptors.hpp"
#include "support/witness.hpp"

#include <asio_fs/capabilities.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <memory>
#include <string_view>

using namespace asio_fs;
using namespace asio_fs::test;
using asio::cancellation_type;

namespace cancellation_test {

const error_code aborted = asio::error::operation_aborted;

struct record
{
    int calls = 0;
    error_code ec;
};

struct handler
{
    using cancellation_slot_type = asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept { return slot; }

    template <class... T>
    void operator()(error_code ec, T&&...)
    {
        ++seen->calls;
        seen->ec = ec;
    }

    asio::cancellation_slot slot;
    record* seen;
};

// What destroys its handler is counted.
struct witness_handler
{
    template <class... T>
    void operator()(error_code, T&&...)
    {
        ++seen->called;
    }

    fate* seen;
    std::shared_ptr<void> witness;
};

bool runs_on_ring(asio::io_context& ctx, std::string_view op)
{
    for (const capability& c : capabilities(ctx))
        if (c.info.name == op)
            return c.engine == engine_kind::ring;
    return false;
}

// An operation that waits for the ring has not begun, unless the initiating function could do it. Not so a
// close, which is never cancelled.
template <class Call>
bool must_be_aborted(fixture<>& t, engine_choice engine, const Call& c)
{
    return engine == engine_choice::ring && std::string_view(c.op) != "close" && runs_on_ring(t.ctx, c.op);
}

// Boost.Test prints its data: the values stand for terminal, partial and total.
const auto types = boost::unit_test::data::make({1u, 2u, 4u});
static_assert(static_cast<cancellation_type>(1u) == cancellation_type::terminal);
static_assert(static_cast<cancellation_type>(2u) == cancellation_type::partial);
static_assert(static_cast<cancellation_type>(4u) == cancellation_type::total);

// The moments at which to cancel.
enum class moment
{
    before_submission,
    after_submission,
    at_random,
    after_completion
};

std::ostream& operator<<(std::ostream& out, moment m)
{
    constexpr const char* names[] = {
        "before submission", "after submission", "at random", "after completion"};
    return out << names[static_cast<int>(m)];
}

const auto moments = boost::unit_test::data::make(
    {moment::before_submission, moment::after_submission, moment::at_random, moment::after_completion});

void run_up_to(fixture<>& t, moment m, int n)
{
    t.ctx.restart();
    if (m == moment::after_submission)
        t.ctx.poll_one();
    else if (m == moment::at_random)
        t.ctx.run_for(std::chrono::microseconds(n * 7 % 60));
    else if (m == moment::after_completion)
        t.ctx.run();
}

} // namespace cancellation_test

using namespace cancellation_test;

BOOST_AUTO_TEST_SUITE(token_cancellation)

BOOST_DATA_TEST_CASE(by_the_slot, engines* types* moments, engine, bits, when)
{
    const auto type = static_cast<cancellation_type>(bits);
    fixture<> t(engine);
    int n = 0;
    for_each_call([&](const auto& c) {
        asio::cancellation_signal signal;
        record seen;
        c.async(t, handler{signal.slot(), &seen});
        run_up_to(t, when, ++n);
        signal.emit(type);
        t.run();
        BOOST_TEST(seen.calls == 1);
        BOOST_TEST((succeeded(seen.ec) || seen.ec == aborted), seen.ec.message());
        if (when == moment::before_submission && must_be_aborted(t, engine, c))
            BOOST_TEST(seen.ec == aborted);
        if (when == moment::after_completion || std::string_view(c.op) == "close")
            BOOST_TEST(seen.ec != aborted);
        signal.emit(type);
    });
}

// A signal of type none asks for nothing.
BOOST_DATA_TEST_CASE(by_nothing, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        asio::cancellation_signal signal;
        record seen;
        c.async(t, handler{signal.slot(), &seen});
        signal.emit(cancellation_type::none);
        t.run();
        BOOST_TEST(succeeded(seen.ec), seen.ec.message());
    });
}

BOOST_DATA_TEST_CASE(through_the_object, engines* moments, engine, when)
{
    fixture<> t(engine);
    int n = 0;
    for_each_call_of(
        [&](const auto& c) {
            record seen;
            c.async(t, handler{{}, &seen});
            run_up_to(t, when, ++n);
            t.cancel();
            t.run();
            BOOST_TEST(seen.calls == 1);
            BOOST_TEST((succeeded(seen.ec) || seen.ec == aborted), seen.ec.message());
            if (when == moment::before_submission && must_be_aborted(t, engine, c))
                BOOST_TEST(seen.ec == aborted);
            if (when == moment::after_completion)
                BOOST_TEST(seen.ec != aborted);
        },
        file_calls, inode_calls, dir_calls, entry_calls);
}

BOOST_DATA_TEST_CASE(by_closing, engines* moments, engine, when)
{
    int n = 0;
    for_each_call_of(
        [&](const auto& c) {
            fixture<> t(engine);
            record seen;
            c.async(t, handler{{}, &seen});
            run_up_to(t, when, ++n);
            t.close();
            t.run();
            BOOST_TEST(seen.calls == 1);
            BOOST_TEST((succeeded(seen.ec) || seen.ec == aborted), seen.ec.message());
            if (when == moment::before_submission && must_be_aborted(t, engine, c))
                BOOST_TEST(seen.ec == aborted);
        },
        file_calls, inode_calls, dir_calls, entry_calls);
}

// Handlers are destroyed, not called, and what an operation was about to give them is closed.
BOOST_DATA_TEST_CASE(by_the_end_of_the_context, engines* moments, engine, when)
{
    const std::size_t before = open_descriptors();
    fate seen;
    int started = 0, called = 0;
    {
        fixture<> t(engine);
        for_each_call([&](const auto& c) {
            ++started;
            c.async(t, witness_handler{&seen, seen.witness()});
        });
        run_up_to(t, when, 1);
        called = seen.called;
        if (when == moment::after_completion)
            BOOST_TEST(called == started);
    }
    BOOST_TEST(seen.called == called);
    BOOST_TEST(seen.destroyed == started);
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()
