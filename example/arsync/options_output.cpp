// SPDX-License-Identifier: BSL-1.0

#include "option_table.hpp"

// What is printed.

namespace arsync {

namespace {

template <bool command_line::*Member>
void set(command_line& line, const std::string&)
{
    line.*Member = true;
}

void dry_run(command_line& line, const std::string&) { line.copy.dry_run = true; }
void itemize(command_line& line, const std::string&) { ++line.itemize; }
void verbose(command_line& line, const std::string&) { ++line.verbose; }

template <progress_mode Mode>
void show_progress(command_line& line, const std::string&)
{
    line.progress = Mode;
}

void partial_and_progress(command_line& line, const std::string&)
{
    line.copy.keep_partial = true;
    line.progress = progress_mode::always;
}

void json(command_line& line, const std::string& file) { line.json = file; }

// Numbers always are. On its own it asks for help, which is seen by parse_command_line().
void human_readable(command_line&, const std::string&) {}

template <information What>
void tell(command_line& line, const std::string&)
{
    line.tell = What;
}

void version(command_line& line, const std::string&)
{
    line.tell = line.tell == information::version ? information::version_as_json : information::version;
}

constexpr option table[] = {
    {"dry-run", 'n', nullptr, "change nothing, tell what would be done", dry_run},
    {"itemize-changes", 'i', nullptr, "print each entry that changes, and what about it; twice: all",
     itemize},
    {"verbose", 'v', nullptr, "print each entry that changes; twice: all", verbose},
    {"quiet", 'q', nullptr, "print errors only", set<&command_line::quiet>},
    {"progress", 0, nullptr, "show how far the copy is, also without a terminal",
     show_progress<progress_mode::always>},
    {"no-progress", 0, nullptr, "do not, also on a terminal", show_progress<progress_mode::never>},
    {"", 'P', nullptr, "the same as --partial --progress", partial_and_progress},
    {"human-readable", 'h', nullptr, "numbers with units; always so", human_readable},
    {"stats", 0, nullptr, "print what was counted", set<&command_line::stats>},
    {"json", 0, "[FILE]", "write a report for programs, to FILE or alone to stdout", json},
    {"capabilities", 0, nullptr, "print what runs each operation here, and why",
     tell<information::capabilities>},
    {"help", 0, nullptr, "print this text", tell<information::help>},
    {"version", 'V', nullptr, "print the version; twice: and what arsync can do, as JSON", version},
};

} // namespace

std::span<const option> output_options() { return table; }

} // namespace arsync
