// SPDX-License-Identifier: BSL-1.0

// Checks that the package compiles, links and runs.

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>

#include <asio_fs.hpp>

int main()
{
    boost::asio::io_context ctx;
    std::cout << "asio-fs-extended " << ASIO_FS_VERSION_STRING << '\n' << asio_fs::capabilities(ctx);
    return std::cout.good() ? 0 : 1;
}
