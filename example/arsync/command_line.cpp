// SPDX-License-Identifier: BSL-1.0

#include "command_line.hpp"

#include <boost/program_options.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace po = boost::program_options;

namespace arsync {

namespace {

constexpr unsigned max_workers = 1024;

po::options_description visible_options(command_line& line)
{
    po::options_description options("Options");
    // clang-format off
    options.add_options()
        ("dry-run,n", po::bool_switch(&line.dry_run), "change nothing, tell what would be done")
        ("verbose,v", po::bool_switch(&line.verbose), "print each entry that is copied")
        ("quiet,q", po::bool_switch(&line.quiet), "print errors only")
        ("workers", po::value<int>()->value_name("N"), "copy with N threads (default: one per CPU)")
        ("capabilities", po::bool_switch(&line.capabilities), "print what runs each operation here, and why")
        ("help", po::bool_switch(&line.help), "print this text")
        ("version", po::bool_switch(&line.version), "print the version");
    // clang-format on
    return options;
}

unsigned checked_workers(int given)
{
    if (given < 1 || given > static_cast<int>(max_workers))
        throw usage_error("--workers must be between 1 and " + std::to_string(max_workers));
    return static_cast<unsigned>(given);
}

} // namespace

command_line parse_command_line(int argc, const char* const* argv)
{
    command_line line;
    std::vector<std::string> names;

    po::options_description options = visible_options(line);
    options.add_options()("name", po::value(&names));
    po::positional_options_description positions;
    positions.add("name", -1);

    // An abbreviated option could become another one when options are added.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    try
    {
        po::variables_map values;
        po::store(
            po::command_line_parser(argc, argv).options(options).positional(positions).style(style).run(),
            values);
        po::notify(values);
        if (values.count("workers") != 0)
            line.workers = checked_workers(values["workers"].as<int>());
    }
    catch (const po::error& e)
    {
        throw usage_error(e.what());
    }

    if (line.help || line.version || line.capabilities)
        return line;
    if (names.size() != 2)
        throw usage_error("one SOURCE and one DESTINATION are needed");
    if (names[0].empty() || names[1].empty())
        throw usage_error("SOURCE and DESTINATION must not be empty");
    line.source = names[0];
    line.destination = names[1];
    return line;
}

std::string help_text()
{
    command_line unused;
    std::ostringstream text;
    text << "Usage: arsync [options] SOURCE DESTINATION\n"
            "\n"
            "Copies a file or a directory tree with everything that belongs to it: content, holes, modes, "
            "owners,\n"
            "times, extended attributes, ACLs, capabilities, hard links, symbolic links and special files.\n"
            "\n"
            "  SOURCE/  DESTINATION   copies the content of SOURCE into the directory DESTINATION\n"
            "  SOURCE   DESTINATION   copies the directory SOURCE to DESTINATION/SOURCE\n"
            "  FILE     DESTINATION   copies FILE to DESTINATION, or into it where it is a directory\n"
            "\n"
         << visible_options(unused)
         << "\n"
            "Exit status: 0 everything was copied, 1 wrong usage, 20 interrupted, 23 some entries failed.\n";
    return text.str();
}

} // namespace arsync
