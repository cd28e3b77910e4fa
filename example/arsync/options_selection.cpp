// SPDX-License-Identifier: BSL-1.0

#include "option_table.hpp"
#include "usage_error.hpp"

// Which entries are copied, and which are removed.

namespace arsync {

namespace {

template <bool command_line::*Member>
void set(command_line& line, const std::string&)
{
    line.*Member = true;
}

template <bool asio_fs::copy_options::*Member>
void set_copy(command_line& line, const std::string&)
{
    line.copy.*Member = true;
}

void delete_excluded(command_line& line, const std::string&)
{
    line.copy.remove_extraneous = true;
    line.delete_excluded = true;
}

template <filter_rules::kind What>
void add_rule(command_line& line, const std::string& pattern)
{
    line.rules.add(What, pattern);
}

template <filter_rules::kind What>
void add_rules(command_line& line, const std::string& file)
{
    line.rules.add_file(What, file, line.zero_ended);
}

void files_from(command_line& line, const std::string& file) { line.files_from = file; }

void one_file_system(command_line& line, const std::string&)
{
    if (line.copy.one_file_system)
        throw usage_error("--one-file-system (-x) given twice is not supported: directories of other file "
                          "systems are always created, and empty");
    line.copy.one_file_system = true;
}

// Owners are numbers in a copy from one place of a machine to another.
void nothing(command_line&, const std::string&) {}

using enum filter_rules::kind;
using asio_fs::copy_options;

constexpr option table[] = {
    {"update", 'u', nullptr, "leave files alone that are newer at the destination",
     set_copy<&copy_options::keep_newer>},
    {"checksum", 'c', nullptr, "compare the content of files, not size and time",
     set<&command_line::checksum>},
    {"size-only", 0, nullptr, "files of the same size are the same", set<&command_line::size_only>},
    {"ignore-times", 'I', nullptr, "no file is the same; copy all of them", set<&command_line::ignore_times>},
    {"existing", 0, nullptr, "create nothing that is not at the destination",
     set_copy<&copy_options::existing_only>},
    {"ignore-non-existing", 0, nullptr, nullptr, set_copy<&copy_options::existing_only>},
    {"ignore-existing", 0, nullptr, "leave alone what is at the destination",
     set<&command_line::ignore_existing>},
    {"delete", 0, nullptr, "remove what is at the destination only",
     set_copy<&copy_options::remove_extraneous>},
    {"delete-during", 0, nullptr, "the same as --delete", set_copy<&copy_options::remove_extraneous>},
    {"del", 0, nullptr, nullptr, set_copy<&copy_options::remove_extraneous>},
    {"delete-excluded", 0, nullptr, "remove what is excluded there, too", delete_excluded},
    {"exclude", 0, "PATTERN", "leave out what matches", add_rule<exclude>},
    {"include", 0, "PATTERN", "do not leave out what matches; the first match decides", add_rule<include>},
    {"exclude-from", 0, "FILE", "read patterns to exclude from FILE", add_rules<exclude>},
    {"include-from", 0, "FILE", "read patterns to include from FILE", add_rules<include>},
    {"files-from", 0, "FILE", "copy what FILE names, relative to SOURCE", files_from},
    {"from0", '0', nullptr, "zero bytes end the lines of such files", set<&command_line::zero_ended>},
    {"one-file-system", 'x', nullptr, "do not enter other file systems",
     one_file_system},
    {"numeric-ids", 0, nullptr, "owners are numbers; always so", nothing},
};

} // namespace

std::span<const option> selection_options() { return table; }

} // namespace arsync
