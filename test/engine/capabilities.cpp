// SPDX-License-Identifier: BSL-1.0

#include "support/engines.hpp"

#include <sstream>
#include <string>

using namespace asio_fs;
using namespace asio_fs::test;

BOOST_AUTO_TEST_SUITE(engine_capabilities)

BOOST_AUTO_TEST_CASE(every_operation_has_a_row_with_a_reason)
{
    asio::io_context ctx;
    const capability_list list = capabilities(ctx);
    BOOST_TEST(list.size() == op::all_operations::size);
    for (const capability& c : list)
    {
        BOOST_TEST(c.reason.empty() == (c.engine == engine_kind::ring), c.info.name);
        if (c.info.opcode == op::no_opcode)
            BOOST_TEST((c.engine == engine_kind::workers), c.info.name);
        BOOST_TEST(std::string(c.info.man).ends_with(")"), c.info.name);
        BOOST_TEST(std::string(c.info.kernel).find('.') != std::string::npos, c.info.name);
        const bool closes = std::string(c.info.name) == "close";
        BOOST_TEST((c.info.cancel == op::cancellable::never) == closes, c.info.name);
    }
}

// Each cell begins where its column's heading does, and ends before the next.
BOOST_AUTO_TEST_CASE(a_table_is_printed_with_all_that_is_known)
{
    const capability_list list{
        {{"short", 18, "short(2)", "5.6", op::cancellable::while_waiting}, engine_kind::ring, ""},
        {{"a_much_longer_name", op::no_opcode, "name(3)", "2.6.39"}, engine_kind::workers, "not known"}};
    std::ostringstream text;
    text << std::hex << list;
    BOOST_TEST(text.str()
        == "operation           engine   opcode     Linux   cancellable      manual page  why\n"
           "short               ring     18         5.6     while it waits   short(2)\n"
           "a_much_longer_name  workers  no opcode  2.6.39  until it begins  name(3)      not known\n");

    asio::io_context ctx;
    const capability_list here = capabilities(ctx);
    text.str({});
    text << here;
    std::istringstream lines(text.str());
    std::string line;
    BOOST_TEST_REQUIRE(bool(std::getline(lines, line)));
    for (const capability& c : here)
    {
        BOOST_TEST_REQUIRE(bool(std::getline(lines, line)));
        BOOST_TEST(line.starts_with(c.info.name + std::string(" ")), line);
        BOOST_TEST(line.ends_with(c.reason.empty() ? c.info.man : "  " + c.reason), line);
        for (const char* cell : {c.info.kernel, op::describe(c.info.cancel), c.info.man})
            BOOST_TEST(line.find(cell) != std::string::npos, line);
    }
    BOOST_TEST(!std::getline(lines, line));
}

BOOST_AUTO_TEST_CASE(the_ring_takes_what_it_has_an_opcode_for, *boost::unit_test::precondition(needs_ring()))
{
    asio::io_context ctx;
    for (const capability& c : capabilities(ctx))
        if (c.info.opcode == op::opcode::statx || c.info.opcode == op::opcode::openat)
            BOOST_TEST((c.engine == engine_kind::ring), c.info.name);
}

BOOST_AUTO_TEST_CASE(switched_off)
{
    context ctx(engine_choice::workers);
    for (const capability& c : capabilities(ctx))
    {
        BOOST_TEST((c.engine == engine_kind::workers), c.info.name);
        if (c.info.opcode != op::no_opcode)
            BOOST_TEST(c.reason.find("engine_options") != std::string::npos, c.reason);
    }
    BOOST_CHECK_THROW(configure_engine(ctx, {}), asio::service_already_exists);
}

BOOST_AUTO_TEST_SUITE_END()
