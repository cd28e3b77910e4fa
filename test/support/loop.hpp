// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_LOOP_HPP
#define ASIO_FS_TEST_SUPPORT_LOOP_HPP

#include <boost/asio/io_context.hpp>

#include <chrono>

namespace asio_fs::test {

// Runs a loop until a condition holds; false when it does not within ten seconds. Conditions that nothing on the
// loop brings about are looked at every few milliseconds.
template <class Condition>
bool run_until(boost::asio::io_context& ctx, Condition condition)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition())
    {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        ctx.restart();
        ctx.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace asio_fs::test

#endif
