// SPDX-License-Identifier: BSL-1.0

// A handler that does not take what the operation gives.
// expect: completion_token_for

#include <asio_fs.hpp>

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    file.async_statx([](asio_fs::error_code, asio_fs::file_status) {});
#else
    file.async_statx([](asio_fs::error_code) {});
#endif
}
