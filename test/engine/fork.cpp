// SPDX-License-Identifier: BSL-1.0

// fork(2) as Asio has it: announced by notify_fork(), after which both processes go on with what was in flight.

#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/extended_file.hpp>

#include <sys/wait.h>
#include <unistd.h>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

// Runs the context until `expected` more operations are done.
bool finishes(asio::io_context& ctx, extended_file& file, int& right, int expected)
{
    int later = 0;
    for (int i = 0; i != 20; ++i)
    {
        file.async_statx([&](error_code ec, file_status) { later += !ec; });
        file.async_fchmod(0600, [&](error_code ec) { later += !ec; });
    }
    ctx.restart();
    ctx.run();
    return right == expected && later == 40;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_fork)

BOOST_DATA_TEST_CASE(both_processes_go_on, engines, engine)
{
    const temp_dir dir;
    const std::string name = dir.file("f", "content");
    context ctx(engine);
    extended_file file(ctx.get_executor(), name, open_flags(O_RDWR));
    int right = 0;
    for (int i = 0; i != 200; ++i)
        file.async_statx([&](error_code ec, file_status s) { right += !ec && s.size() == 7; });
    for (int i = 0; i != 200; ++i)
        file.async_fchmod(0600, [&](error_code ec) { right += !ec; });
    ctx.poll_one();   // some are with the kernel, some with the workers, some wait

    ctx.notify_fork(asio::io_context::fork_prepare);
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0)
    {
        ::alarm(30);
        ctx.notify_fork(asio::io_context::fork_child);
        ::_exit(finishes(ctx, file, right, 400) ? 0 : 1);
    }
    ctx.notify_fork(asio::io_context::fork_parent);
    BOOST_TEST(finishes(ctx, file, right, 400));
    int status = -1;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0), "the child's status is " << status);
}

BOOST_AUTO_TEST_SUITE_END()
