// SPDX-License-Identifier: BSL-1.0

#include "glob.hpp"

#include <array>
#include <cctype>
#include <cstddef>

namespace arsync {

namespace {

constexpr std::size_t none = std::string_view::npos;

bool in_class(std::string_view name, unsigned char byte)
{
    struct known
    {
        std::string_view name;
        int (*holds)(int);
    };
    static constexpr std::array<known, 12> classes{{{"alnum", std::isalnum},
                                                    {"alpha", std::isalpha},
                                                    {"blank", std::isblank},
                                                    {"cntrl", std::iscntrl},
                                                    {"digit", std::isdigit},
                                                    {"graph", std::isgraph},
                                                    {"lower", std::islower},
                                                    {"print", std::isprint},
                                                    {"punct", std::ispunct},
                                                    {"space", std::isspace},
                                                    {"upper", std::isupper},
                                                    {"xdigit", std::isxdigit}}};
    for (const known& one : classes)
    {
        if (one.name == name)
            return byte < 0x80 && one.holds(byte) != 0; // bytes of other characters belong to none
    }
    return false;
}

// One byte within brackets, at `at`, which moves behind it. Nothing where the pattern ends.
bool read_member(std::string_view glob, std::size_t& at, unsigned char& member)
{
    if (at < glob.size() && glob[at] == '\\')
        ++at;
    if (at >= glob.size())
        return false;
    member = static_cast<unsigned char>(glob[at++]);
    return true;
}

// The set that begins at `at`, behind its bracket. Returns where it ends, behind the bracket, or none where
// it does not.
std::size_t read_set(std::string_view glob, std::size_t at, unsigned char byte, bool& holds)
{
    const bool negated = at < glob.size() && (glob[at] == '!' || glob[at] == '^');
    if (negated)
        ++at;
    bool found = false;
    for (bool first = true; at < glob.size(); first = false)
    {
        if (glob[at] == ']' && !first)
        {
            holds = found != negated;
            return at + 1;
        }
        if (glob.substr(at, 2) == "[:")
        {
            const std::size_t end = glob.find(":]", at + 2);
            if (end != none)
            {
                found = found || in_class(glob.substr(at + 2, end - at - 2), byte);
                at = end + 2;
                continue;
            }
        }
        unsigned char low = 0;
        if (!read_member(glob, at, low))
            return none;
        unsigned char high = low;
        if (at + 1 < glob.size() && glob[at] == '-' && glob[at + 1] != ']')
        {
            ++at;
            if (!read_member(glob, at, high))
                return none;
        }
        found = found || byte == low || (low <= byte && byte <= high); // also of a range that is empty
    }
    return none;
}

// The part of a pattern that stands for one byte, at `at`. Returns where the next one begins, or none where
// it does not stand for this byte.
std::size_t match_byte(std::string_view glob, std::size_t at, char byte)
{
    switch (glob[at])
    {
    case '?':
        return byte == '/' ? none : at + 1;
    case '[':
    {
        bool holds = false;
        const std::size_t end = read_set(glob, at + 1, static_cast<unsigned char>(byte), holds);
        return end != none && holds && byte != '/' ? end : none;
    }
    case '\\':
        if (at + 1 < glob.size())
            ++at;
        [[fallthrough]];
    default:
        return glob[at] == byte ? at + 1 : none;
    }
}

} // namespace

// A star that stood for too little stands for one byte more: the last `*`, and when that has come to a slash,
// the last `**`. Earlier ones need not be tried again, since what they stand for could only be longer, so the
// time grows with the product of both lengths at most.
bool glob_matches(std::string_view glob, std::string_view text)
{
    struct star
    {
        std::size_t glob = none; // behind it
        std::size_t text = 0;    // behind what it stands for
    };
    star one, two;
    std::size_t g = 0;
    std::size_t t = 0;
    while (true)
    {
        if (g < glob.size() && glob[g] == '*')
        {
            const std::size_t begin = g;
            while (g < glob.size() && glob[g] == '*')
                ++g;
            if (g - begin > 1)
            {
                two = {g, t};
                one = {};
            }
            else
                one = {g, t};
            continue;
        }
        if (t == text.size() && g == glob.size())
            return true;
        const std::size_t next = t < text.size() && g < glob.size() ? match_byte(glob, g, text[t]) : none;
        if (next != none)
        {
            g = next;
            ++t;
        }
        else if (one.glob != none && one.text < text.size() && text[one.text] != '/')
        {
            t = ++one.text;
            g = one.glob;
        }
        else if (two.glob != none && two.text < text.size())
        {
            t = ++two.text;
            g = two.glob;
            one = {};
        }
        else
            return false;
    }
}

} // namespace arsync
