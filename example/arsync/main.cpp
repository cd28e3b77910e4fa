// SPDX-License-Identifier: BSL-1.0

// arsync: copies trees as `rsync -aHAXS` does. An example of a program that uses the public headers only.

#include "capabilities_text.hpp"
#include "command_line.hpp"
#include "copy.hpp"
#include "exit_status.hpp"
#include "help_text.hpp"
#include "standard_output.hpp"
#include "usage_error.hpp"

#include <asio_fs/version.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace {

std::string information_text(arsync::information what)
{
    switch (what)
    {
    case arsync::information::help:
        return arsync::help_text();
    case arsync::information::version:
        return std::string("arsync ") + ASIO_FS_VERSION_STRING + " (asio-fs-extended)\n";
    case arsync::information::version_as_json:
        return arsync::version_json();
    case arsync::information::capabilities:
        return arsync::capabilities_text();
    case arsync::information::none:
        break;
    }
    return {};
}

arsync::exit_status run(int argc, char** argv)
{
    const arsync::command_line line = arsync::parse_command_line(argc, argv);
    if (line.tell == arsync::information::none)
        return arsync::copy(line);
    arsync::standard_output out;
    out.print(information_text(line.tell));
    out.flush();
    if (out.error() == 0)
        return arsync::exit_status::success;
    std::cerr << "arsync: cannot write to standard output: "
              << std::generic_category().message(out.error()) << '\n';
    return arsync::exit_status::file_io;
}

// Without this, a file that is opened could become standard output, and get what is printed.
void open_missing_streams()
{
    for (int fd = ::open("/dev/null", O_RDWR); fd >= 0; fd = ::open("/dev/null", O_RDWR))
    {
        if (fd > STDERR_FILENO)
        {
            ::close(fd);
            return;
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    open_missing_streams();
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
