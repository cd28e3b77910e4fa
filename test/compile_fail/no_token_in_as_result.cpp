// SPDX-License-Identifier: BSL-1.0

// The same inside of an adapter.
// expect: completion_token_for

#include <asio_fs.hpp>

void f(asio_fs::extended_file& file)
{
#if defined(RIGHT)
    file.async_statx(asio_fs::as_result([](asio_fs::result<asio_fs::file_status>) {}));
#else
    file.async_statx(asio_fs::as_result(42));
#endif
}
