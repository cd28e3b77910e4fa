// SPDX-License-Identifier: BSL-1.0

#include "list_file.hpp"

#include "usage_error.hpp"

#include <cerrno>
#include <fstream>
#include <iostream>
#include <istream>
#include <system_error>

namespace arsync {

namespace {

[[noreturn]] void cannot_read(const std::string& file)
{
    throw usage_error("cannot read " + file + ": " + std::generic_category().message(errno));
}

} // namespace

std::vector<std::string> read_list_file(const std::string& file, bool zero_ended)
{
    std::ifstream opened;
    if (file != "-")
    {
        errno = 0;
        opened.open(file, std::ios::binary);
        if (!opened || opened.peek() == std::ifstream::traits_type::eof())
        {
            if (errno != 0) // a directory can be opened, but not read
                cannot_read(file);
        }
    }
    std::istream& in = file == "-" ? std::cin : opened;

    std::vector<std::string> list;
    for (std::string line; std::getline(in, line, zero_ended ? '\0' : '\n');)
    {
        if (!zero_ended && line.ends_with('\r'))
            line.pop_back();
        if (!line.empty() && line[0] != '#' && line[0] != ';')
            list.push_back(std::move(line));
    }
    if (in.bad())
        cannot_read(file);
    return list;
}

} // namespace arsync
