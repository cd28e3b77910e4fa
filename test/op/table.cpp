// SPDX-License-Identifier: BSL-1.0

// Every operation in every way: by a system call, on the ring, on worker threads. The expectations of a row
// do not know the way, so results and effects are the same in all of them.

#include "op/runner.hpp"

#include <asio_fs/op/all.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

std::vector<row> all_rows()
{
    std::vector<row> all;
    for (const auto& part :
        {file_rows(), inode_rows(), xattr_rows(), acl_rows(), name_rows(), transfer_rows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

namespace asio_fs::test {

std::ostream& operator<<(std::ostream& out, const row& r) { return out << r.name; }

} // namespace asio_fs::test

BOOST_AUTO_TEST_SUITE(op_table)

BOOST_AUTO_TEST_CASE(every_operation_has_a_row)
{
    const std::vector<row> all = all_rows();
    op::all_operations::for_each([&]<class Op>() {
        const auto found =
            std::count_if(all.begin(), all.end(),
                [](const row& r) { return std::string_view(r.name) == Op::info.name; });
        BOOST_TEST(found == 1, Op::info.name << " has " << found << " rows");
    });
    BOOST_TEST(all.size() == op::all_operations::size);
}

BOOST_AUTO_TEST_CASE(every_operation_is_described)
{
    op::all_operations::for_each([]<class Op>() {
        BOOST_TEST(std::string_view(Op::info.name).size() != 0u);
        BOOST_TEST(std::string_view(Op::info.man).ends_with(")"), Op::info.name);
        BOOST_TEST((Op::info.opcode != op::no_opcode) == op::ring_operation<Op>, Op::info.name);
        BOOST_TEST(std::string_view(Op::info.kernel).size() >= 3u, Op::info.name);
        BOOST_TEST(*op::describe(Op::info.cancel) != '\0', Op::info.name);
        // What the engine goes by.
        constexpr bool must_happen = requires(Op& o) { o.abandon(); };
        BOOST_TEST((Op::info.cancel == op::cancellable::never) == must_happen, Op::info.name);
    });
}

const auto rows = boost::unit_test::data::make(all_rows());
const auto ways = boost::unit_test::data::make({way::call, way::ring, way::workers, way::defaults});

BOOST_DATA_TEST_CASE(does_the_same_in_every_way, rows * ways, what, how)
{
    const scratch s;
    runner run(how);
    what.test(run, s);
}

// The ring's rows mean something only if the ring takes what the kernel has opcodes for.
BOOST_AUTO_TEST_CASE(operations_with_an_opcode_run_on_the_ring, *boost::unit_test::precondition(needs_ring()))
{
    context ctx(engine_choice::ring);
    for (const capability& c : capabilities(ctx))
    {
        const bool opcode = c.info.opcode != op::no_opcode;
        if (c.engine == engine_kind::workers && opcode)
            BOOST_TEST_MESSAGE(c.info.name << ": " << c.reason);
        BOOST_TEST((c.engine == engine_kind::workers || opcode), c.info.name);
        BOOST_TEST((c.engine == engine_kind::ring || !c.reason.empty()), c.info.name);
    }
    context without(engine_choice::workers);
    for (const capability& c : capabilities(without))
        BOOST_TEST((c.engine == engine_kind::workers), c.info.name);
}

BOOST_AUTO_TEST_SUITE_END()
