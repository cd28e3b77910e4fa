// SPDX-License-Identifier: BSL-1.0

// A program outside the project, as its users write one. It compiles, links and runs the library once.

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
