// SPDX-License-Identifier: BSL-1.0

// A directory in the place of a file.
// expect: async_clone

#include <asio_fs.hpp>

#include <boost/asio/detached.hpp>

namespace asio = boost::asio;

void f(asio_fs::extended_file& file, [[maybe_unused]] asio_fs::extended_dir& dir)
{
#if defined(RIGHT)
    file.async_clone(file, asio::detached);
#else
    file.async_clone(dir, asio::detached);
#endif
}
