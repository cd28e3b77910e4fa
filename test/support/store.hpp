// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_STORE_HPP
#define ASIO_FS_TEST_SUPPORT_STORE_HPP

#include <asio_fs/error.hpp>

namespace asio_fs::test {

// A handler for any signature that begins with an error: it keeps that one.
struct store
{
    template <class... T>
    void operator()(error_code e, T&&...) const
    {
        *ec = e;
    }

    error_code* ec;
};

} // namespace asio_fs::test

#endif
