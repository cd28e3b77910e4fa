// SPDX-License-Identifier: BSL-1.0

// What is const cannot be read into.
// expect: mutable_buffers

#include <asio_fs.hpp>

#include <boost/asio/buffer.hpp>

namespace asio = boost::asio;

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    char c[2];
    file.read_some(asio::mutable_buffer(c, 2));
#else
    char c[2];
    file.read_some(asio::const_buffer(c, 2));
#endif
}
