// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_COMMAND_LINE_HPP
#define ARSYNC_COMMAND_LINE_HPP

#include "filter_rules.hpp"
#include "information.hpp"
#include "preserve_choice.hpp"
#include "progress_mode.hpp"

#include <asio_fs/copy_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace arsync {

/// What the user asked for.
struct command_line
{
    /// What is to be copied, and where to. All but the last of the arguments are sources.
    std::vector<std::string> sources;
    std::string destination;

    /// The arguments as they were given, for the report.
    std::vector<std::string> arguments;

    information tell = information::none;

    /// What is said in the library's words already. `preserve` and the functions are set from the members
    /// below.
    asio_fs::copy_options copy;

    preserve_choice preserve;
    filter_rules rules;
    bool delete_excluded = false;
    bool zero_ended = false; // what the files hold that are named from here on
    std::optional<std::string> files_from;
    bool enter_listed = false; // directories among those, too: as in rsync, only --recursive itself says so

    bool checksum = false;
    bool size_only = false;
    bool ignore_times = false;
    bool ignore_existing = false;
    bool backup = false;
    std::string backup_suffix = "~";
    std::uint64_t queue_depth = 4096;

    unsigned verbose = 0;
    bool quiet = false;
    unsigned itemize = 0;
    bool stats = false;
    progress_mode progress = progress_mode::on_terminal;

    /// Where the report goes, if one is wanted; empty stands for standard output.
    std::optional<std::string> json;
};

/// Read the program's arguments. Throws usage_error.
command_line parse_command_line(int argc, const char* const* argv);

} // namespace arsync

#endif
