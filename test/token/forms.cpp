// SPDX-License-Identifier: BSL-1.0

// Every operation in the three forms: one that throws, one with an error_code, and one with a handler that
// can only be moved. All end alike, and the table has all operations.

#include "token/calls.hpp"

#include <asio_fs/op/all.hpp>

#include <memory>
#include <string_view>
#include <type_traits>

using namespace asio_fs;
using namespace asio_fs::test;

namespace forms_test {

struct record
{
    int calls = 0;
    error_code ec;
};

// Neither copied nor made without arguments.
struct move_only_handler
{
    explicit move_only_handler(record& r) : seen(&r, [](record*) {}) {}

    template <class... T>
    void operator()(error_code ec, T&&...)
    {
        ++seen->calls;
        seen->ec = ec;
    }

    std::unique_ptr<record, void (*)(record*)> seen;
};

template <class F>
error_code thrown_by(F f)
{
    try
    {
        f();
    }
    catch (const system_error& e)
    {
        return e.code();
    }
    return {};
}

} // namespace forms_test

using namespace forms_test;

BOOST_AUTO_TEST_SUITE(token_forms)

BOOST_AUTO_TEST_CASE(every_operation_has_a_call)
{
    op::all_operations::for_each([]<class Op>() {
        // A part of splice_to(), and of nothing else.
        if constexpr (std::is_same_v<Op, op::poll>)
            return;
        int found = 0;
        for_each_call([&](const auto& c) { found += std::string_view(c.op) == Op::info.name; });
        BOOST_TEST(found > 0, "no call in test/token/calls.hpp reaches " << Op::info.name);
    });
}

BOOST_DATA_TEST_CASE(end_alike, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec = asio::error::would_block;
        using value = decltype(c.sync(t));
        static_assert(std::is_same_v<value, decltype(c.sync(t, ec))>);
        c.sync(t, ec);
        BOOST_TEST(succeeded(ec), ec.message());
        BOOST_TEST(thrown_by([&] { c.sync(t); }) == ec);

        record seen;
        c.async(t, move_only_handler(seen));
        BOOST_TEST(seen.calls == 0);   // never from inside the initiating function
        t.run();
        BOOST_TEST(seen.calls == 1);
        BOOST_TEST(seen.ec == ec, seen.ec.message());
    });
}

BOOST_AUTO_TEST_SUITE_END()
