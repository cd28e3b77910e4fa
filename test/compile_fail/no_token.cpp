// SPDX-License-Identifier: BSL-1.0

// Something that is no completion token.
// expect: completion_token_for

#include <asio_fs.hpp>

#include <boost/asio/detached.hpp>

namespace asio = boost::asio;

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    file.async_statx(asio::detached);
#else
    file.async_statx(42);
#endif
}
