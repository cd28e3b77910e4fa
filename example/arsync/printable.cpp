// SPDX-License-Identifier: BSL-1.0

#include "printable.hpp"

#include <langinfo.h>

#include <array>
#include <clocale>
#include <cstddef>
#include <cstdio>
#include <cstring>

namespace arsync {

namespace {

struct character
{
    char32_t code;
    std::size_t length; // in bytes; 0: not valid UTF-8
};

// The character at the start of text, which is not empty.
character decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80)
        return {first, 1};

    std::size_t length = 0;
    char32_t code = 0;
    char32_t least = 0; // a smaller code would have had a shorter form
    if (first >= 0xc2 && first <= 0xdf)
        length = 2, code = first & 0x1f, least = 0x80;
    else if (first >= 0xe0 && first <= 0xef)
        length = 3, code = first & 0x0f, least = 0x800;
    else if (first >= 0xf0 && first <= 0xf4)
        length = 4, code = first & 0x07, least = 0x10000;
    if (length == 0 || text.size() < length)
        return {0, 0};
    for (std::size_t i = 1; i < length; ++i)
    {
        if ((byte(i) & 0xc0) != 0x80)
            return {0, 0};
        code = (code << 6) | (byte(i) & 0x3fu);
    }
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < least || code > 0x10ffff || surrogate)
        return {0, 0};
    return {code, length};
}

bool is_harmless(char32_t code)
{
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f))
        return false; // C0, DEL and C1: commands
    if (code == 0xad || code == 0x61c || code == 0xfeff)
        return false; // soft hyphen, Arabic letter mark, byte order mark: invisible
    if (code >= 0x200b && code <= 0x200f)
        return false; // zero width, direction marks
    if (code >= 0x2028 && code <= 0x202e)
        return false; // line separators, direction overrides
    if (code >= 0x2060 && code <= 0x206f)
        return false;                        // invisible operators, direction isolates
    return code < 0xe0000 || code > 0xe0fff; // tags: invisible
}

// Whether text starts with what printable() itself writes for an escaped byte.
bool looks_escaped(std::string_view text)
{
    if (text.size() < 5 || text[0] != '\\' || text[1] != '#')
        return false;
    for (const char digit : text.substr(2, 3))
    {
        if (digit < '0' || digit > '7')
            return false;
    }
    return true;
}

void append_escaped(std::string& result, std::string_view bytes)
{
    for (const char c : bytes)
    {
        std::array<char, 8> text{};
        std::snprintf(text.data(), text.size(), "\\#%03o",
                      static_cast<unsigned>(static_cast<unsigned char>(c)));
        result += text.data();
    }
}

} // namespace

std::string printable(std::string_view name, bool utf8)
{
    std::string result;
    result.reserve(name.size());
    while (!name.empty())
    {
        const character next = decode(name);
        const std::string_view bytes = name.substr(0, next.length == 0 ? 1 : next.length);
        const bool shown = next.length == 1 || (next.length > 1 && utf8);
        if (shown && is_harmless(next.code) && !looks_escaped(name))
            result += bytes;
        else
            append_escaped(result, bytes);
        name.remove_prefix(bytes.size());
    }
    return result;
}

bool locale_is_utf8()
{
    return std::setlocale(LC_CTYPE, "") != nullptr && std::strcmp(::nl_langinfo(CODESET), "UTF-8") == 0;
}

} // namespace arsync
