// SPDX-License-Identifier: BSL-1.0

// A number is no path.
// expect: async_mkdirat

#include <asio_fs.hpp>

#include <boost/asio/detached.hpp>

namespace asio = boost::asio;

void f(asio_fs::extended_dir& dir)
{
#if defined(RIGHT)
    dir.async_mkdirat("42", asio::detached);
#else
    dir.async_mkdirat(42, asio::detached);
#endif
}
