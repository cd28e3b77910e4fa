// SPDX-License-Identifier: BSL-1.0

#include "command_line.hpp"

#include "option_table.hpp"
#include "usage_error.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace po = boost::program_options;

namespace arsync {

namespace {

// What Boost.Program_options calls that which is no option. An option of this name is unknown like any other.
constexpr const char* positional = "<name>";

// The spelling of an option as Boost.Program_options wants it.
std::string spelling(const option& one)
{
    std::string text = one.name;
    if (one.letter != 0)
        text += std::string(",") + one.letter;
    return text;
}

// For Boost.Program_options to tell options from arguments. What they mean is ours, since their order counts.
po::options_description syntax()
{
    po::options_description known;
    for (const option_group& group : option_groups())
    {
        for (const option& one : group.options)
        {
            if (one.argument == nullptr)
                known.add_options()(spelling(one).c_str(), "");
            else
                known.add_options()(spelling(one).c_str(), po::value<std::string>(), "");
        }
    }
    known.add_options()(positional, po::value<std::vector<std::string>>(), "");
    return known;
}

std::string name_of(const option& one)
{
    return *one.name != '\0' ? std::string("--") + one.name : std::string("-") + one.letter;
}

// The first of some letters that is no option.
std::string unknown_letter(const std::string& given)
{
    for (const char letter : given.substr(1))
    {
        const std::string key = std::string("-") + letter;
        if (find_option(key) == nullptr)
            return key;
    }
    return given;
}

[[noreturn]] void refuse_unknown(const std::string& given)
{
    const bool by_name = given.starts_with("--");
    std::string message = (by_name ? given : unknown_letter(given)) + ": unknown option";
    if (by_name)
    {
        const std::string_view nearest = nearest_option(std::string_view(given).substr(2));
        if (!nearest.empty())
            message += "; did you mean --" + std::string(nearest) + "?";
    }
    throw usage_error(message);
}

// An argument in brackets belongs to its option only where both are one word, as in --json=FILE. To
// Boost.Program_options the next word would do as well, so an empty one is put there.
std::vector<std::string> with_empty_arguments(const std::vector<std::string>& given)
{
    std::vector<std::string> words;
    bool options_may_follow = true;
    for (const std::string& word : given)
    {
        words.push_back(word);
        options_may_follow = options_may_follow && word != "--";
        if (options_may_follow && word.starts_with("--="))
            refuse_unknown(word); // which would pass for a name
        const option* one =
            options_may_follow && word.starts_with("--") ? find_option(word.substr(2)) : nullptr;
        if (one != nullptr && one->argument != nullptr && one->argument[0] == '[')
            words.emplace_back();
    }
    return words;
}

// `machine:path`, as rsync understands it: a colon before any slash.
void refuse_remote(const std::string& name)
{
    const std::size_t colon = name.find(':');
    if (name.starts_with("rsync://") || (colon != std::string::npos && colon != 0 && colon < name.find('/')))
        throw usage_error(name +
                          " is on another machine, and arsync copies within one (a file of this name is ./" +
                          name + ")");
}

void take_names(command_line& line, std::vector<std::string> names)
{
    if (names.size() < 2)
        throw usage_error("a SOURCE and a DESTINATION are needed");
    for (const std::string& name : names)
    {
        if (name.empty())
            throw usage_error("SOURCE and DESTINATION must not be empty");
        refuse_remote(name);
    }
    line.destination = std::move(names.back());
    names.pop_back();
    line.sources = std::move(names);
}

void refuse(bool wrong, const char* why)
{
    if (wrong)
        throw usage_error(why);
}

// What cannot be wanted at the same time.
void check(const command_line& line)
{
    const asio_fs::copy_options& copy = line.copy;
    refuse(copy.remove_extraneous && !line.preserve.recursive(),
           "--delete does not work without --recursive");
    refuse(line.ignore_existing && copy.existing_only && !copy.remove_extraneous,
           "with --existing and --ignore-existing nothing would be copied; with --delete they only remove");
    refuse(copy.in_place && copy.atomic, "--inplace and --atomic exclude each other");
    refuse(copy.in_place && line.backup, "--inplace leaves nothing that --backup could rename");
    refuse(line.files_from && line.sources.size() != 1, "--files-from needs exactly one SOURCE");
    refuse(line.files_from && copy.remove_extraneous && !line.enter_listed,
           "--delete does not work with --files-from without --recursive");
    refuse(
        line.json && line.json->empty() &&
            (line.verbose != 0 || line.itemize != 0 || line.stats || line.progress == progress_mode::always),
        "--json without a FILE has standard output for itself, where -v, -i, --stats and --progress print");
}

void complete(command_line& line)
{
    using asio_fs::overwrite_policy;
    line.copy.preserve = line.preserve.flags();
    line.copy.compare = line.checksum    ? asio_fs::comparison::content
                        : line.size_only ? asio_fs::comparison::size
                                         : asio_fs::comparison::size_and_time;
    const bool always = line.ignore_times && !line.checksum && !line.size_only; // as rsync has it
    line.copy.overwrite = line.ignore_existing ? overwrite_policy::never
                          : always             ? overwrite_policy::always
                                               : overwrite_policy::different;
    if (line.copy.max_files_in_flight == 0)
        line.copy.max_files_in_flight = 1024;
    line.copy.queue_depth = static_cast<unsigned>(line.queue_depth);
}

} // namespace

command_line parse_command_line(int argc, const char* const* argv)
{
    command_line line;
    line.arguments.assign(argv + 1, argv + argc);
    if (line.arguments == std::vector<std::string>{"-h"})
    {
        line.tell = information::help;
        return line;
    }

    const po::options_description known = syntax();
    po::positional_options_description positions;
    positions.add(positional, -1);
    // An abbreviated option could become another one when options are added.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    std::vector<std::string> names;
    try
    {
        const po::parsed_options parsed = po::command_line_parser(with_empty_arguments(line.arguments))
                                              .options(known)
                                              .positional(positions)
                                              .style(style)
                                              .run();
        for (const po::option& given : parsed.options)
        {
            if (given.position_key != -1)
            {
                names.insert(names.end(), given.value.begin(), given.value.end());
                continue;
            }
            const option* one = find_option(given.string_key);
            if (one == nullptr)
                refuse_unknown(given.original_tokens.front());
            if (one->apply == nullptr)
                throw usage_error(name_of(*one) + " is not supported: " + one->help);
            one->apply(line, given.value.empty() ? std::string() : given.value.front());
        }
    }
    catch (const po::unknown_option& e)
    {
        refuse_unknown(e.get_option_name());
    }
    catch (const po::error& e)
    {
        throw usage_error(e.what());
    }

    if (line.tell != information::none)
        return line;
    take_names(line, std::move(names));
    check(line);
    complete(line);
    return line;
}

} // namespace arsync
