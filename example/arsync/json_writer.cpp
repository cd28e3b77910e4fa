// SPDX-License-Identifier: BSL-1.0

#include "json_writer.hpp"

#include "printable.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace arsync {

void json_writer::new_line() { text_ += '\n' + std::string(2 * depth_, ' '); }

void json_writer::separate()
{
    if (after_key_)
    {
        after_key_ = false;
        return;
    }
    if (!first_)
        text_ += ',';
    if (depth_ != 0)
        new_line();
}

json_writer& json_writer::raw(std::string_view text)
{
    separate();
    text_ += text;
    first_ = false;
    return *this;
}

json_writer& json_writer::begin(char bracket)
{
    separate();
    text_ += bracket;
    ++depth_;
    first_ = true;
    return *this;
}

json_writer& json_writer::end(char bracket)
{
    --depth_;
    if (!first_)
        new_line();
    text_ += bracket;
    first_ = false;
    return *this;
}

json_writer& json_writer::key(std::string_view name)
{
    value(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

json_writer& json_writer::value(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : printable(text, true))
    {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return raw(quoted + '"');
}

json_writer& json_writer::value(double number)
{
    std::array<char, 64> digits{};
    std::snprintf(digits.data(), digits.size(), "%.6f", number);
    return raw(digits.data());
}

std::string json_writer::take() { return std::exchange(text_, {}) + '\n'; }

} // namespace arsync
