// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_OPTION_HPP
#define ARSYNC_OPTION_HPP

#include "command_line.hpp"

#include <string>

namespace arsync {

/// An option of the command line: how it is spelled, what --help says about it, and what it does.
struct option
{
    /// Its long name, without hyphens; empty if there is none.
    const char* name;

    /// Its letter; zero if there is none.
    char letter;

    /// What its argument is called; null if it takes none. In brackets one that may be left out, and is then
    /// empty.
    const char* argument;

    /// What --help says. Null for another name of an option that --help lists. For an option that is refused,
    /// the reason.
    const char* help;

    /// Takes down what the user wants. Throws usage_error for an argument that makes no sense. Null for an
    /// option that is refused.
    void (*apply)(command_line& line, const std::string& argument);
};

} // namespace arsync

#endif
