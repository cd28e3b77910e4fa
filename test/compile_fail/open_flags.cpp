// SPDX-License-Identifier: BSL-1.0

// Numbers are flags only when they say so.
// expect: async_openat

#include <asio_fs.hpp>

#include <boost/asio/detached.hpp>

#include <fcntl.h>

namespace asio = boost::asio;

void f(asio_fs::extended_dir& dir)
{
#if defined(RIGHT)
    dir.async_openat("f", asio_fs::open_flags(O_RDONLY), asio::detached);
#else
    dir.async_openat("f", O_RDONLY, asio::detached);
#endif
}
