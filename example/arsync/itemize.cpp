// SPDX-License-Identifier: BSL-1.0

#include "itemize.hpp"

namespace arsync {

namespace {

using asio_fs::copy_changes;
using asio_fs::copy_entry;
using asio_fs::entry_type;
using asio_fs::preserve_flags;

bool is_transfer(const copy_entry& entry)
{
    return entry.type == entry_type::regular && entry.what == copy_entry::action::copied;
}

char update_letter(const copy_entry& entry)
{
    if (entry.what == copy_entry::action::linked)
        return 'h';
    if (is_transfer(entry))
        return '>';
    const bool made = has(entry.changes, copy_changes::created) || has(entry.changes, copy_changes::content);
    return made ? 'c' : '.';
}

char type_letter(entry_type type)
{
    switch (type)
    {
    case entry_type::directory:
        return 'd';
    case entry_type::symlink:
        return 'L';
    case entry_type::character_device:
    case entry_type::block_device:
        return 'D';
    case entry_type::fifo:
    case entry_type::socket:
        return 'S';
    default:
        return 'f';
    }
}

// Capital: the time of the copy, since the source's is not preserved.
char time_letter(const copy_entry& entry, preserve_flags preserve)
{
    if (!has(preserve, preserve_flags::modification_time))
        return update_letter(entry) != '.' ? 'T' : '.';
    return has(entry.changes, copy_changes::modification_time) ? 't' : '.';
}

} // namespace

std::string itemized(const copy_entry& entry, const asio_fs::copy_options& options)
{
    if (entry.what == copy_entry::action::removed)
        return "*deleting  ";
    std::string text = {update_letter(entry), type_letter(entry.type)};
    if (has(entry.changes, copy_changes::created))
        return text + "+++++++++";

    const auto letter = [&](copy_changes change, char c) { return has(entry.changes, change) ? c : '.'; };
    // Bytes of files of different sizes need not be compared to differ.
    const bool sized =
        options.compare == asio_fs::comparison::content && has(entry.changes, copy_changes::size);
    text += sized ? 'c' : letter(copy_changes::content, 'c');
    text += entry.type == entry_type::regular ? letter(copy_changes::size, 's') : '.';
    text += time_letter(entry, options.preserve);
    text += letter(copy_changes::mode, 'p');
    text += letter(copy_changes::user, 'o');
    text += letter(copy_changes::group, 'g');
    text += has(options.preserve, preserve_flags::access_time) ? letter(copy_changes::access_time, 'u') : '.';
    text += letter(copy_changes::acls, 'a');
    text += letter(copy_changes::xattrs, 'x');
    if (text[0] != '>' && text.find_first_not_of('.', 2) == std::string::npos)
        text.replace(2, std::string::npos, 9, ' ');
    return text;
}

bool has_changed(const copy_entry& entry)
{
    return entry.what == copy_entry::action::removed || is_transfer(entry) ||
           entry.changes != copy_changes::none;
}

} // namespace arsync
