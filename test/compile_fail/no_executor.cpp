// SPDX-License-Identifier: BSL-1.0

// An executor that is none.
// expect: asio_fs needs an executor that belongs to an execution context

#include <asio_fs.hpp>

#include <boost/asio/io_context.hpp>

namespace asio = boost::asio;

void f([[maybe_unused]] asio::io_context& ctx)
{
#if defined(RIGHT)
    asio_fs::basic_extended_file<asio::io_context::executor_type> other(ctx);
#else
    asio_fs::basic_extended_file<int> other(1);
#endif
}
