// SPDX-License-Identifier: BSL-1.0

#include "console.hpp"

#include "printable.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <utility>

namespace arsync {

namespace {

std::size_t terminal_width()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

// "1 file", "2 files"
std::string count_text(std::uint64_t count, const char* one, const char* many)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

void print(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

// The start of text that fits into a number of bytes, without half a character at its end.
std::string_view shortened(std::string_view text, std::size_t room)
{
    if (text.size() <= room)
        return text;
    while (room > 0 && (static_cast<unsigned char>(text[room]) & 0xc0) == 0x80)
        --room;
    return text.substr(0, room);
}

} // namespace

std::string bytes_text(double bytes)
{
    static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < std::size(units))
    {
        bytes /= 1000;
        ++unit;
    }
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.2f %s", bytes, units[unit]);
    return text.data();
}

console::console(std::string name, bool quiet)
    : name_(std::move(name)), quiet_(quiet), utf8_(locale_is_utf8()),
      live_(!quiet && ::isatty(STDOUT_FILENO) == 1)
{}

std::string console::full_name(std::string_view path) const
{
    std::string full = name_;
    if (!full.empty() && !path.empty())
        full += '/';
    full += path;
    return printable(full.empty() ? "." : full, utf8_);
}

void console::clear_line()
{
    if (!line_shown_)
        return;
    print(stdout, "\r\033[K");
    std::fflush(stdout);
    line_shown_ = false;
}

double console::seconds() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void console::entry(const asio_fs::copy_entry& what)
{
    if (what.what == asio_fs::copy_entry::action::up_to_date)
        return;
    clear_line();
    const char* end = what.type == asio_fs::entry_type::directory ? "/\n" : "\n";
    print(stdout, full_name(what.path) + end);
}

void console::failure(const asio_fs::tree_error& error)
{
    clear_line();
    print(stderr, "arsync: " + full_name(error.path) + ": " + std::string(error.step) + ": " +
                      error.code.message() + '\n');
}

void console::message(std::string_view text)
{
    clear_line();
    print(stderr, "arsync: " + printable(text, utf8_) + '\n');
}

void console::progress(const asio_fs::copy_progress& now)
{
    if (!live_)
        return;
    const double elapsed = std::max(seconds(), 0.001);
    const auto bytes = static_cast<double>(now.bytes_copied + now.bytes_cloned);
    const std::string line = std::to_string(now.files) + " files  " + bytes_text(bytes) + "  " +
                             bytes_text(bytes / elapsed) + "/s  " + full_name(now.path);
    print(stdout, "\r");
    print(stdout, shortened(line, terminal_width() - 1));
    print(stdout, "\033[K");
    std::fflush(stdout);
    line_shown_ = true;
}

void console::summary(const asio_fs::copy_report& report, bool dry_run)
{
    clear_line();
    if (quiet_)
        return;

    std::string text = dry_run ? "Would copy " : "Copied ";
    text += count_text(report.files, "file", "files");
    text += ", " + count_text(report.directories, "directory", "directories");
    text += ", " + count_text(report.symlinks, "symbolic link", "symbolic links");
    text += ", " + count_text(report.specials, "special file", "special files");
    text += ", " + count_text(report.hard_links, "hard link", "hard links");
    if (report.skipped != 0)
        text += "; left " + count_text(report.skipped, "entry", "entries") + " as they were";

    const double elapsed = std::max(seconds(), 1e-6);
    const auto bytes = static_cast<double>(report.bytes_copied + report.bytes_cloned);
    text += "\n" + bytes_text(bytes);
    if (report.bytes_cloned != 0)
        text += " (" + bytes_text(static_cast<double>(report.bytes_cloned)) + " of it shared)";
    if (report.bytes_in_holes != 0)
        text += " and " + bytes_text(static_cast<double>(report.bytes_in_holes)) + " of holes";
    if (!dry_run)
    {
        std::array<char, 64> rate{};
        std::snprintf(rate.data(), rate.size(), " in %.2f s, %.0f files/s, ", elapsed,
                      static_cast<double>(report.files) / elapsed);
        text += rate.data() + bytes_text(bytes / elapsed) + "/s";
    }
    text += '\n';
    print(stdout, text);
    if (report.errors != 0)
        print(stdout, count_text(report.errors, "error", "errors") + '\n');
    std::fflush(stdout);
}

} // namespace arsync
