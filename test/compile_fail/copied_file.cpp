// SPDX-License-Identifier: BSL-1.0

// Files are moved, not copied.
// expect: use of deleted function|deleted( copy)? constructor

#include <asio_fs.hpp>

#include <utility>

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    asio_fs::extended_file other(std::move(file));
#else
    asio_fs::extended_file other(file);
#endif
}
