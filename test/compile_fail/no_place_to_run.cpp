// SPDX-License-Identifier: BSL-1.0

// Neither an executor nor an execution context.
// expect: async_copy_file

#include <asio_fs.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace asio = boost::asio;

void f([[maybe_unused]] asio::io_context& ctx)
{
#if defined(RIGHT)
    asio_fs::async_copy_file(ctx, "a", "b", {}, asio::detached);
#else
    asio_fs::async_copy_file(42, "a", "b", {}, asio::detached);
#endif
}
