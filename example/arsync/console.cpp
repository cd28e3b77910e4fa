// SPDX-License-Identifier: BSL-1.0

#include "console.hpp"

#include "itemize.hpp"
#include "printable.hpp"
#include "progress_text.hpp"
#include "summary.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <system_error>
#include <utility>

namespace arsync {

namespace {

using asio_fs::copy_entry;
using asio_fs::entry_type;
using asio_fs::preserve_flags;

std::size_t terminal_width()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

void print_error(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

// The start of text that fits into a number of bytes, without half a character at its end.
std::string_view shortened(std::string_view text, std::size_t room)
{
    if (text.size() <= room)
        return text;
    while (room > 0 && (static_cast<unsigned char>(text[room]) & 0xc0) == 0x80)
        --room;
    return text.substr(0, room);
}

// Whether an entry was left out since its kind is not wanted.
bool is_unwanted_kind(const copy_entry& what, preserve_flags preserve)
{
    if (what.what != copy_entry::action::left_out)
        return false;
    switch (what.type)
    {
    case entry_type::symlink:
        return !has(preserve, preserve_flags::symlinks);
    case entry_type::character_device:
    case entry_type::block_device:
        return !has(preserve, preserve_flags::device_files);
    case entry_type::fifo:
    case entry_type::socket:
        return !has(preserve, preserve_flags::special_files);
    default:
        return false;
    }
}

} // namespace

console::console(const command_line& line)
    : line_(line), utf8_(locale_is_utf8()), silent_(line.quiet || (line.json && line.json->empty())),
      live_(!silent_ && line.progress != progress_mode::never && ::isatty(STDOUT_FILENO) == 1),
      lines_(!silent_ && line.progress == progress_mode::always && !live_)
{}

bool console::shows_entries() const noexcept
{
    constexpr preserve_flags kinds = preserve_flags::symlinks | preserve_flags::devices;
    return !silent_ && (line_.verbose != 0 || line_.itemize != 0 || !has(line_.copy.preserve, kinds));
}

std::chrono::milliseconds console::progress_interval() const
{
    return std::chrono::milliseconds(lines_ ? 1000 : 100);
}

void console::begin(std::string name) { name_ = std::move(name); }

std::string console::full_name(std::string_view path) const
{
    std::string full = name_;
    if (!full.empty() && !path.empty())
        full += '/';
    full += path;
    return full.empty() ? "." : full;
}

std::string console::shown(std::string_view path, entry_type type) const
{
    std::string text = printable(full_name(path), utf8_);
    if (type == entry_type::directory)
        text += '/';
    return text;
}

void console::clear_line()
{
    if (!line_shown_)
        return;
    stdout_.print("\r\033[K");
    stdout_.flush();
    line_shown_ = false;
}

double console::seconds() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void console::entry(const copy_entry& what)
{
    // Where not everything is looked at, it may have been left out for another reason.
    if (!line_.copy.existing_only && !line_.ignore_existing && is_unwanted_kind(what, line_.copy.preserve))
        return skipping("non-regular file", "\"" + full_name(what.path) + "\"");
    if (what.what == copy_entry::action::left_out)
        return;
    const bool wanted = line_.itemize != 0 || line_.verbose != 0;
    if (!wanted || (!has_changed(what) && line_.verbose < 2 && line_.itemize < 2))
        return;
    std::string text;
    if (line_.itemize != 0)
        text = itemized(what, line_.copy) + ' ';
    else if (what.what == copy_entry::action::removed)
        text = "deleting ";
    text += shown(what.path, what.type);
    if (what.what == copy_entry::action::linked)
        text += " => " + printable(full_name(what.target), utf8_);
    else if (what.type == entry_type::symlink && what.what != copy_entry::action::removed)
        text += " -> " + printable(what.target, utf8_);
    clear_line();
    stdout_.print(text + '\n');
}

void console::failure(const asio_fs::tree_error& error)
{
    clear_line();
    print_error("arsync: " + printable(full_name(error.path), utf8_) + ": " + std::string(error.step) +
                      ": " + error.code.message() + '\n');
}

void console::message(std::string_view text)
{
    clear_line();
    print_error("arsync: " + printable(text, utf8_) + '\n');
}

void console::skipping(std::string_view what, std::string_view name)
{
    if (silent_)
        return;
    clear_line();
    stdout_.print("skipping " + std::string(what) + ' ' + printable(name, utf8_) + '\n');
}

void console::progress(const asio_fs::copy_counters& now, std::string_view path, const tree_total& total)
{
    const std::string text = progress_text(now, total, seconds());
    if (lines_)
        stdout_.print(text + '\n');
    else
    {
        stdout_.print("\r");
        stdout_.print(shortened(text + "  " + printable(full_name(path), utf8_), terminal_width() - 1));
        stdout_.print("\033[K");
        line_shown_ = true;
    }
    stdout_.flush();
}

void console::summary(const outcome& done)
{
    clear_line();
    if (silent_)
        return;
    // Who asks for changes item by item sees nothing if there are none.
    if (line_.itemize == 0 || line_.verbose != 0)
        stdout_.print(summary_text(done.report, line_.copy.dry_run, done.seconds));
    if (line_.stats)
        stdout_.print(stats_text(done.report, done.seconds));
    stdout_.flush();
}

bool console::finish()
{
    stdout_.flush();
    if (stdout_.error() == 0)
        return true;
    message("cannot write to standard output: " + std::generic_category().message(stdout_.error()));
    return false;
}

void console::verbatim(std::string_view text)
{
    clear_line();
    stdout_.print(text);
    stdout_.flush();
}

} // namespace arsync
