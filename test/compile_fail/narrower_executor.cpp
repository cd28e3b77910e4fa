// SPDX-License-Identifier: BSL-1.0

// any_io_executor does not convert to the executor of an io_context.
// expect: basic_extended_file

#include <asio_fs.hpp>

#include <boost/asio/io_context.hpp>

#include <utility>

namespace asio = boost::asio;

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    file = asio_fs::extended_file(file.get_executor());
#else
    asio_fs::basic_extended_file<asio::io_context::executor_type> other(std::move(file));
#endif
}
