// SPDX-License-Identifier: BSL-1.0

// Every operation with a handler that brings an immediate executor: the handler runs inside the initiating
// function through that executor, or it runs later and has nothing to do with it.

#include "token/calls.hpp"

#include <boost/version.hpp>

#if BOOST_VERSION >= 108200

#include <boost/asio/bind_immediate_executor.hpp>

#include <string_view>
#include <utility>

using namespace asio_fs;
using namespace asio_fs::test;

namespace immediate_test {

// Runs what it is given at once, and tells that it does.
struct here
{
    template <class F>
    void execute(F f) const
    {
        ++*depth;
        std::move(f)();
        --*depth;
    }

    bool operator==(const here&) const noexcept = default;

    int* depth;
};

// What a call and its handler have seen.
struct record
{
    bool starting = false;   // the initiating function has not returned
    int depth = 0;           // of the immediate executor
    int calls = 0;
    int inside = 0;
    error_code ec;
};

template <class Fixture, class Call>
record outcome_of(Fixture& t, const Call& c)
{
    record seen;
    seen.starting = true;
    c.async(t, asio::bind_immediate_executor(here{&seen.depth}, [&](error_code ec, auto&&...) {
        ++seen.calls;
        seen.inside += seen.starting;
        BOOST_TEST((seen.depth > 0) == seen.starting);
        BOOST_TEST((seen.starting || t.ctx.get_executor().running_in_this_thread()));
        seen.ec = ec;
    }));
    seen.starting = false;
    t.run();
    BOOST_TEST(seen.calls == 1);
    return seen;
}

} // namespace immediate_test

using namespace immediate_test;

BOOST_AUTO_TEST_SUITE(token_immediate)

BOOST_DATA_TEST_CASE(inside_or_later, engines, engine)
{
    fixture<> t(engine);
    int inside = 0;
    for_each_call([&](const auto& c) {
        const record seen = outcome_of(t, c);
        BOOST_TEST(succeeded(seen.ec), seen.ec.message());
        inside += seen.inside;
    });
    // The cached data of a file.
    if (engine == engine_choice::defaults)
        BOOST_TEST(inside > 0);
}

// What is known at once does not wait. Only splice_to is a composed operation: as with Asio's own, its steps
// return through the executor of the object.
BOOST_DATA_TEST_CASE(closed_objects, engines, engine)
{
    fixture<> t(engine, state::closed);
    for_each_call_of(
        [&](const auto& c) {
            const record seen = outcome_of(t, c);
            BOOST_TEST(seen.inside == (std::string_view(c.op) == "splice_to" ? 0 : 1));
            BOOST_TEST(seen.ec == asio::error::bad_descriptor, seen.ec.message());
        },
        file_calls, inode_calls, dir_calls, entry_calls);
}

BOOST_AUTO_TEST_SUITE_END()

#endif
