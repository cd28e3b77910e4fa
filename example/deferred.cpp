// SPDX-License-Identifier: BSL-1.0
//
// deferred FILE: builds one operation out of two, "open a file and tell its status", which then takes any
// token.

#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>
#include <string>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;

namespace {

// `void(error_code, file_status)`. Nothing happens until what this returns is called with a completion token.
// The second operation is made when the first is over: an operation keeps the descriptor that its object has
// when it is made, not when it is started.
auto async_open_and_stat(asio_fs::extended_file& file, std::string path)
{
    return file.async_open(path, asio_fs::extended_file::read_only, asio::deferred([&file](error_code ec) {
        return asio::deferred.when(!ec)
            .then(file.async_statx(asio::deferred))
            .otherwise(asio::deferred.values(ec, asio_fs::file_status()));
    }));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
    {
        std::cerr << "usage: deferred FILE\n";
        return 2;
    }
    asio::io_context ctx;
    int status = 0;

    // With a callback,
    asio_fs::extended_file file(ctx);
    async_open_and_stat(file, argv[1])([&](error_code ec, const asio_fs::file_status& s) {
        if (ec)
        {
            std::cerr << argv[1] << ": " << ec.message() << '\n';
            status = 1;
        }
        else
            std::cout << s.size() << " bytes\n";
    });

    // and with a future.
    asio_fs::extended_file again(ctx);
    auto result = async_open_and_stat(again, argv[1])(asio::use_future);

    ctx.run();
    try
    {
        const asio_fs::file_status s = result.get();
        std::cout << "mode " << std::oct << s.permissions() << '\n';
    }
    catch (const asio_fs::system_error& e)
    {
        std::cerr << argv[1] << ": " << e.code().message() << '\n';
    }
    return status;
}
