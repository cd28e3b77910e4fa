// SPDX-License-Identifier: BSL-1.0

// arsync: copies trees as `rsync -aHAXS` does. An example of a program that uses the public headers only.

#include "command_line.hpp"
#include "copy.hpp"
#include "exit_status.hpp"

#include <boost/asio/io_context.hpp>

#include <csignal>
#include <exception>
#include <iostream>

#include <asio_fs.hpp>

namespace {

arsync::exit_status run(int argc, char** argv)
{
    const arsync::command_line line = arsync::parse_command_line(argc, argv);
    if (line.help)
    {
        std::cout << arsync::help_text();
        return arsync::exit_status::success;
    }
    if (line.version)
    {
        std::cout << "arsync " << ASIO_FS_VERSION_STRING << " (asio-fs-extended)\n";
        return arsync::exit_status::success;
    }
    if (line.capabilities)
    {
        boost::asio::io_context ctx;
        std::cout << asio_fs::capabilities(ctx);
        return arsync::exit_status::success;
    }
    return arsync::copy(line);
}

} // namespace

int main(int argc, char** argv)
{
    // A reader of our output that goes away must not stop the copy halfway through a file.
    std::signal(SIGPIPE, SIG_IGN);
    try
    {
        return static_cast<int>(run(argc, argv));
    }
    catch (const arsync::usage_error& e)
    {
        std::cerr << "arsync: " << e.what() << "\nTry 'arsync --help'.\n";
        return static_cast<int>(arsync::exit_status::usage);
    }
    catch (const std::exception& e)
    {
        std::cerr << "arsync: " << e.what() << '\n';
        return static_cast<int>(arsync::exit_status::partial);
    }
}
