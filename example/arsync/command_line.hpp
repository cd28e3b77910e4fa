// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_COMMAND_LINE_HPP
#define ARSYNC_COMMAND_LINE_HPP

#include <stdexcept>
#include <string>

namespace arsync {

/// Something is wrong with what the user asked for, and nothing has been done yet.
class usage_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// What the user asked for.
struct command_line
{
    std::string source;
    std::string destination;
    unsigned workers = 0;
    bool dry_run = false;
    bool verbose = false;
    bool quiet = false;
    bool capabilities = false;
    bool help = false;
    bool version = false;
};

/// Read the program's arguments. Throws usage_error.
command_line parse_command_line(int argc, const char* const* argv);

/// The text of --help.
std::string help_text();

} // namespace arsync

#endif
