// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_ACL_TEXT_IPP
#define ASIO_FS_IMPL_ACL_TEXT_IPP

#include <asio_fs/acl.hpp>
#include <asio_fs/detail/id_names.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace asio_fs {

namespace detail {

// Whitespace as the C locale has it, whatever the program's is.
inline std::string_view trimmed(std::string_view text) noexcept
{
    constexpr std::string_view space = " \t\r\v\f";
    const std::size_t first = text.find_first_not_of(space);
    if (first == text.npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) + 1 - first);
}

// Takes what is before the next colon, and the colon; nothing if there is none.
inline std::optional<std::string_view> take_field(std::string_view& text) noexcept
{
    const std::size_t colon = text.find(':');
    if (colon == text.npos)
        return std::nullopt;
    const std::string_view field = trimmed(text.substr(0, colon));
    text.remove_prefix(colon + 1);
    return field;
}

inline bool word_or_letter(std::string_view text, std::string_view word) noexcept
{
    return text == word || text == word.substr(0, 1);
}

// A backslash and three octal digits stand for a byte that the text form has another use for.
inline std::string unquoted(std::string_view text)
{
    const auto octal = [](char c) { return c >= '0' && c <= '7'; };
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i)
    {
        const std::string_view rest = text.substr(i);
        if (rest.size() >= 4 && rest[0] == '\\' && rest[1] <= '3' && octal(rest[1]) && octal(rest[2]) &&
            octal(rest[3]))
        {
            out.push_back(static_cast<char>((rest[1] - '0') << 6 | (rest[2] - '0') << 3 | (rest[3] - '0')));
            i += 3;
        }
        else
            out.push_back(rest[0]);
    }
    return out;
}

inline std::string quoted(std::string_view text)
{
    std::string out;
    for (const char c : text)
    {
        if (std::string_view(":,# \t\n\r\v\f\\").find(c) == std::string_view::npos)
            out.push_back(c);
        else
        {
            const auto byte = static_cast<unsigned char>(c);
            for (const int shift : {6, 3, 0})
            {
                if (shift == 6)
                    out.push_back('\\');
                out.push_back(static_cast<char>('0' + (byte >> shift & 7)));
            }
        }
    }
    return out;
}

inline std::optional<std::uint32_t> acl_id(acl_tag tag, std::string_view text)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end == text.data() + text.size())
        return error == std::errc() && number != acl_entry::no_id ? std::optional(number) : std::nullopt;
    const std::string name = unquoted(text);
    if (name.find('\0') != name.npos)
        return std::nullopt;
    return tag == acl_tag::user ? user_id(name) : group_id(name);
}

inline std::optional<acl_perms> acl_perms_of(std::string_view text) noexcept
{
    if (text.empty())
        return std::nullopt;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 8);
    if (end == text.data() + text.size())
    {
        if (error != std::errc() || number > 7)
            return std::nullopt;
        return static_cast<acl_perms>(number);
    }
    acl_perms perms = acl_perms::none;
    for (const char c : text)
    {
        const acl_perms one = c == 'r'   ? acl_perms::read
                              : c == 'w' ? acl_perms::write
                              : c == 'x' ? acl_perms::execute
                                         : acl_perms::none;
        if (one == acl_perms::none ? c != '-' : has(perms, one))
            return std::nullopt;
        perms |= one;
    }
    return perms;
}

// One entry, and to which of the two lists it belongs.
inline std::optional<std::pair<acl_type, acl_entry>> parse_acl_entry(std::string_view text)
{
    std::pair<acl_type, acl_entry> out{acl_type::access, {acl_tag::other}};
    acl_entry& entry = out.second;
    std::optional<std::string_view> word = take_field(text);
    if (word && word_or_letter(*word, "default"))
    {
        out.first = acl_type::default_;
        word = take_field(text);
    }
    if (!word)
        return std::nullopt;
    const bool user = word_or_letter(*word, "user");
    if (user || word_or_letter(*word, "group"))
    {
        const std::optional<std::string_view> who = take_field(text);
        if (!who)
            return std::nullopt;
        entry.tag = user ? acl_tag::user_obj : acl_tag::group_obj;
        if (!who->empty())
        {
            entry.tag = user ? acl_tag::user : acl_tag::group;
            const std::optional<std::uint32_t> id = acl_id(entry.tag, *who);
            if (!id)
                return std::nullopt;
            entry.id = *id;
        }
    }
    else
    {
        if (word_or_letter(*word, "mask"))
            entry.tag = acl_tag::mask;
        else if (!word_or_letter(*word, "other"))
            return std::nullopt;
        // With one colon or two.
        const std::optional<std::string_view> nobody = take_field(text);
        if (nobody && !nobody->empty())
            return std::nullopt;
    }
    const std::optional<acl_perms> perms = acl_perms_of(trimmed(text));
    if (!perms)
        return std::nullopt;
    entry.perms = *perms;
    return out;
}

// Gives each entry of a text to `use`. Returns the one that is wrong; nothing when all are right.
template <class Use>
std::optional<std::string_view> parse_acl_text(std::string_view text, Use use)
{
    while (!text.empty())
    {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line = line.substr(0, line.find('#'));
        while (!line.empty())
        {
            const std::string_view whole = line.substr(0, line.find(','));
            line.remove_prefix(std::min(whole.size() + 1, line.size()));
            const std::string_view entry = trimmed(whole);
            if (entry.empty())
                continue;
            const auto parsed = parse_acl_entry(entry);
            if (!parsed)
                return entry;
            use(parsed->first, parsed->second);
        }
    }
    return std::nullopt;
}

} // namespace detail

ASIO_FS_DECL acl acl::from_text(std::string_view text, acl_type which, error_code& ec)
{
    acl list;
    const auto wrong = detail::parse_acl_text(text,
                                              [&](acl_type type, const acl_entry& entry)
                                              {
                                                  if (type == which)
                                                      list.entries_.push_back(entry);
                                              });
    ec = wrong ? error_code(EINVAL, boost::system::system_category()) : error_code();
    if (ec)
        return {};
    list.sort();
    return list;
}

ASIO_FS_DECL acl acl::from_text(std::string_view text, acl_type which)
{
    error_code ec;
    acl list = from_text(text, which, ec);
    if (ec)
    {
        const auto wrong = detail::parse_acl_text(text, [](acl_type, const acl_entry&) {});
        throw system_error(ec, "acl::from_text \"" + std::string(wrong.value_or(std::string_view())) + "\"");
    }
    return list;
}

ASIO_FS_DECL std::string acl::to_text(const acl_text_options& options) const
{
    const auto letters = [](acl_perms perms)
    {
        std::string text = "---";
        if (has(perms, acl_perms::read))
            text[0] = 'r';
        if (has(perms, acl_perms::write))
            text[1] = 'w';
        if (has(perms, acl_perms::execute))
            text[2] = 'x';
        return text;
    };
    std::string out;
    for (const acl_entry& e : entries_)
    {
        const bool user = e.tag == acl_tag::user || e.tag == acl_tag::user_obj;
        const bool group = e.tag == acl_tag::group || e.tag == acl_tag::group_obj;
        out.append(options.prefix);
        out.append(user ? "user:" : group ? "group:" : e.tag == acl_tag::mask ? "mask:" : "other:");
        if (e.tag == acl_tag::user || e.tag == acl_tag::group)
        {
            std::string name;
            if (!options.numeric)
                name = user ? detail::user_name(e.id) : detail::group_name(e.id);
            out.append(name.empty() ? std::to_string(e.id) : detail::quoted(name));
        }
        out.append(":").append(letters(e.perms));
        if (const acl_perms left = effective(e); options.effective && left != e.perms)
            out.append("\t#effective:").append(letters(left));
        out.append("\n");
    }
    return out;
}

} // namespace asio_fs

#endif
