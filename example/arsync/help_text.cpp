// SPDX-License-Identifier: BSL-1.0

#include "help_text.hpp"

#include "option_table.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace arsync {

namespace {

constexpr std::size_t help_column = 28;
constexpr std::size_t right_margin = 100;

std::string option_text(const option& one)
{
    std::string text = "  ";
    text += one.letter != 0 ? std::string("-") + one.letter : std::string("  ");
    if (*one.name != '\0')
    {
        text += one.letter != 0 ? ", --" : "  --";
        text += one.name;
        const std::string argument = one.argument != nullptr ? one.argument : "";
        if (argument.starts_with('['))
            text += "[=" + argument.substr(1);
        else if (!argument.empty())
            text += "=" + argument;
    }
    if (text.size() + 1 >= help_column)
        text += '\n' + std::string(help_column, ' ');
    else
        text.resize(help_column, ' ');

    std::size_t column = help_column;
    std::string_view rest = one.help;
    while (!rest.empty())
    {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        if (column > help_column && column + 1 + word.size() > right_margin)
        {
            text += '\n' + std::string(help_column, ' ');
            column = help_column;
        }
        else if (column > help_column)
        {
            text += ' ';
            ++column;
        }
        text += word;
        column += word.size();
    }
    return text + '\n';
}

} // namespace

std::string help_text()
{
    std::string text =
        "Usage: arsync [OPTION...] SOURCE... DESTINATION\n"
        "\n"
        "Copies files and directory trees with everything that belongs to them: content, holes, modes,\n"
        "owners, times, extended attributes, ACLs, capabilities, hard links, symbolic links and special\n"
        "files. Options mean what they mean for rsync.\n"
        "\n"
        "  SOURCE/  DESTINATION   copies the content of SOURCE into the directory DESTINATION\n"
        "  SOURCE   DESTINATION   copies the directory SOURCE to DESTINATION/SOURCE\n"
        "  FILE     DESTINATION   copies FILE to DESTINATION, or into it where it is a directory\n"
        "\n"
        "Files of the same size and modification time are taken for the same; see -c, -I and --size-only.\n";
    for (const option_group& group : option_groups())
    {
        if (group.title == nullptr)
            continue;
        text += "\n" + std::string(group.title) + ":\n";
        if (group.options.data() == preserve_options().data())
            text += "  Everything, unless one of these asks for something: then what they ask for. The last\n"
                    "  word counts; --no-r, --no-l, ... do as well for those with a letter.\n";
        for (const option& one : group.options)
        {
            if (one.help != nullptr)
                text += option_text(one);
        }
    }
    text += "\n"
            "Exit status: 0 everything was copied, 1 wrong usage, 11 the destination, the report or the\n"
            "output could not be written, 20 interrupted, 23 some entries failed, 24 all of those had\n"
            "vanished.\n";
    return text;
}

} // namespace arsync
