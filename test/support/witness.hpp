// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_WITNESS_HPP
#define ASIO_FS_TEST_SUPPORT_WITNESS_HPP

#include <memory>

namespace asio_fs::test {

// What has happened to handlers that carry a witness.
struct fate
{
    int called = 0;
    int destroyed = 0;

    // To be held by the handler.
    std::shared_ptr<void> witness()
    {
        return std::shared_ptr<void>(this, [](fate* f) { ++f->destroyed; });
    }
};

} // namespace asio_fs::test

#endif
