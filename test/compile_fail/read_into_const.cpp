// SPDX-License-Identifier: BSL-1.0

// What is const cannot be read into.
// expect: mutable_buffers

#include <asio_fs.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/detached.hpp>

namespace asio = boost::asio;

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    char c[2];
    file.async_read_some_at(0, asio::mutable_buffer(c, 2), asio::detached);
#else
    char c[2];
    file.async_read_some_at(0, asio::const_buffer(c, 2), asio::detached);
#endif
}
