// SPDX-License-Identifier: BSL-1.0
#include "token/calls.hpp"
#include "sweep.hpp"

// Every operation, while one call or one request for memory fails: the handler is called once or starting it throws, the
// loop comes to its end, the form with an error_code throws nothing else than bad_alloc, and nothing stays open.

using namespace asio_fs;
using namespace asio_fs::test;
namespace data = boost::unit_test::data;

namespace {

struct seen
{
    int handlers = 0;
    int exceptions = 0;
};

template <class Call>
seen start_and_run(fixture<>& t, const Call& c, fault& one)
{
    seen result;
    one.begin();
    try
    {
        c.async(t, [&](error_code, auto&&...) { ++result.handlers; });
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

BOOST_DATA_TEST_CASE(each_fails_in_the_synchronous_form, data::make({fault_kind::call, fault_kind::memory}),
                     kind)
{
    for_each_call(
        [&](const auto& c)
        {
            sweep(
                kind, EIO,
                [&](fault& one)
                {
                    fixture<> t(engine_choice::defaults);
                    error_code ec = asio::error::would_block;
                    one.begin();
                    try
                    {
                        c.sync(t, ec);
                    }
                    catch (const std::bad_alloc&)
                    {
                        ec = {};
                    }
                    catch (const system_error&) // the fixture could not make what the call needs
                    {
                        BOOST_TEST((kind == fault_kind::call && ec == asio::error::would_block));
                        ec = {};
                    }
                    one.end();
                    return ec;
                },
                [](const std::optional<error_code>& ec)
                { BOOST_TEST((ec && ec != asio::error::would_block)); });
        });
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
