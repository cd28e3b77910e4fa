// SPDX-License-Identifier: BSL-1.0

// An array is no buffer.
// expect: mutable_buffers

#include <asio_fs.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/detached.hpp>

namespace asio = boost::asio;

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    char c[2];
    file.async_read_some(asio::buffer(c), asio::detached);
#else
    char c[2];
    file.async_read_some(c, asio::detached);
#endif
}
