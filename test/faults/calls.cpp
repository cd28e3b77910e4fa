// SPDX-License-Identifier: BSL-1.0
#include "token/calls.hpp"
#include "sweep.hpp"

// Every asynchronous operation, while one call or one request for memory fails: its handler is called once or starting
// it throws, the loop comes to its end, and nothing stays open.

using namespace asio_fs;
using namespace asio_fs::test;
namespace data = boost::unit_test::data;

namespace {

struct seen
{
    int handlers = 0;
    int exceptions = 0;
    error_code error;
};

template <class Call>
seen start_and_run(fixture<>& t, const Call& c, fault& one)
{
    seen result;
    one.begin();
    try
    {
        c.async(t,
                [&](error_code ec, auto&&...)
                {
                    ++result.handlers;
                    result.error = ec;
                });
    }
    catch (const std::exception&) // no memory; or the fixture could not make what the call needs
    {
        ++result.exceptions;
    }
    t.run();
    one.end(); // the fixture's end is not what is tested
    return result;
}

void sweep_calls(engine_choice engine, fault_kind kind, int error)
{
    for_each_call(
        [&](const auto& c)
        {
            sweep(
                kind, error,
                [&](fault& one)
                {
                    fixture<> t(engine);
                    return start_and_run(t, c, one);
                },
                [&](const std::optional<seen>& result)
                {
                    BOOST_REQUIRE(result);
                    BOOST_TEST(result->handlers + result->exceptions == 1);
                });
        });
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults_calls)

BOOST_DATA_TEST_CASE(each_call_fails, engines* data::make({EIO, EMFILE}), engine, error)
{
    sweep_calls(engine, fault_kind::call, error);
}

BOOST_DATA_TEST_CASE(each_request_for_memory_fails, engines, engine)
{
    sweep_calls(engine, fault_kind::memory, 0);
}

// Making a context with an engine and opening the first file.
BOOST_DATA_TEST_CASE(each_step_of_the_beginning_fails,
                     engines* data::make({fault_kind::call, fault_kind::memory}), engine, kind)
{
    sweep(
        kind, EMFILE,
        [&](fault& one)
        {
            one.begin();
            try
            {
                context ctx(engine);
                extended_dir dir(ctx);
                dir.open("/");
                int handlers = 0;
                dir.async_openat("tmp", file_base::read_only | open_flags(O_DIRECTORY), 0,
                                 [&](error_code, extended_file) { ++handlers; });
                ctx.run();
                BOOST_TEST(handlers == 1);
            }
            catch (const system_error&)
            {
                return true;
            }
            return false;
        },
        [](const std::optional<bool>&) {});
}

BOOST_AUTO_TEST_SUITE_END()
