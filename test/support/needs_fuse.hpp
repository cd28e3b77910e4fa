// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_NEEDS_FUSE_HPP
#define ASIO_FS_TEST_SUPPORT_NEEDS_FUSE_HPP

#include "support/fuse_server.hpp"

#include <boost/test/unit_test.hpp>

#include <iostream>

namespace asio_fs::test {

// For tests that mount a fuse_server. The reason is printed as well, for Boost.Test keeps it to itself: ctest looks
// for it.
struct needs_fuse
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        const std::string& refusal = fuse_server::refusal();
        boost::test_tools::assertion_result result(refusal.empty());
        if (!refusal.empty())
        {
            result.message() << refusal;
            std::cout << "skipped: " << refusal << std::endl;
        }
        return result;
    }
};

} // namespace asio_fs::test

#endif
