// SPDX-License-Identifier: BSL-1.0

#include "option_table.hpp"
#include "size_text.hpp"
#include "usage_error.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

// How files are written.

namespace arsync {

namespace {

using asio_fs::copy_method;
using asio_fs::copy_options;

template <bool copy_options::*Member>
void set(command_line& line, const std::string&)
{
    line.copy.*Member = true;
}

// A number from 1 to `most`.
unsigned checked_number(const char* name, const std::string& text, unsigned most)
{
    unsigned number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number < 1 || number > most)
        throw usage_error(std::string(name) + " must be between 1 and " + std::to_string(most));
    return number;
}

void cpu_count(command_line& line, const std::string& text)
{
    line.copy.workers = checked_number("--cpu-count", text, 1024);
}

void files_in_flight(command_line& line, const std::string& text)
{
    line.copy.max_files_in_flight = checked_number("--max-files-in-flight", text, 1u << 20);
}

void queue_depth(command_line& line, const std::string& text)
{
    line.queue_depth = checked_number("--queue-depth", text, 4096);
}

void buffer_size(command_line& line, const std::string& text)
{
    const std::optional<std::uint64_t> size = parse_size(text, 'B');
    if (!size || *size < 4096 || *size > (8u << 20))
        throw usage_error("--buffer-size must be between 4K and 8M");
    line.copy.buffer_size = static_cast<std::size_t>(*size);
}

void bwlimit(command_line& line, const std::string& text)
{
    const std::optional<std::uint64_t> rate = parse_size(text, 'K');
    if (!rate || (*rate != 0 && *rate < 512))
        throw usage_error("--bwlimit must be a number of KiB per second, or one with a unit, as in 1.5M");
    line.copy.bytes_per_second = *rate;
}

void method(command_line& line, const std::string& text)
{
    struct named
    {
        std::string_view name;
        copy_method method;
    };
    static constexpr named methods[] = {{"automatic", copy_method::automatic},
                                        {"reflink", copy_method::reflink},
                                        {"copy_file_range", copy_method::copy_file_range},
                                        {"splice", copy_method::splice},
                                        {"read_write", copy_method::read_write},
                                        {"direct", copy_method::direct}};
    for (const named& one : methods)
    {
        if (one.name == text)
        {
            line.copy.method = one.method;
            return;
        }
    }
    throw usage_error(
        "--copy-method must be one of automatic, reflink, copy_file_range, splice, read_write, direct");
}

void fsync(command_line& line, const std::string& text)
{
    if (text.empty() || text == "files")
        line.copy.sync = asio_fs::sync_policy::files;
    else if (text == "everything")
        line.copy.sync = asio_fs::sync_policy::everything;
    else
        throw usage_error("--fsync must be files or everything");
}

void backup(command_line& line, const std::string&) { line.backup = true; }

void suffix(command_line& line, const std::string& text)
{
    if (text.empty() || text.find('/') != std::string::npos)
        throw usage_error("--suffix must not be empty, and must not contain a slash");
    line.backup_suffix = text;
}

// Files are never patched from parts of older ones.
void nothing(command_line&, const std::string&) {}

constexpr option table[] = {
    {"copy-method", 0, "METHOD", "automatic, reflink, copy_file_range, splice, read_write or direct", method},
    {"atomic", 0, nullptr, "show a new file under its name when it is complete", set<&copy_options::atomic>},
    {"inplace", 0, nullptr, "write into files that exist", set<&copy_options::in_place>},
    {"partial", 0, nullptr, "keep what was copied of a file that failed", set<&copy_options::keep_partial>},
    {"backup", 'b', nullptr, "rename what would be replaced or removed", backup},
    {"suffix", 0, "SUFFIX", "what is appended to its name (default: ~)", suffix},
    {"fsync", 0, "[WHAT]", "bring files or everything to the disk (default: files)", fsync},
    {"verify", 0, nullptr, "read every copy back and compare it", set<&copy_options::verify>},
    {"whole-file", 'W', nullptr, "copy files as a whole; always so", nothing},
    {"bwlimit", 0, "RATE", "move no more than RATE KiB a second; or with a unit", bwlimit},
    {"cpu-count", 0, "N", "copy with N threads (default: one per CPU; for a new tree on btrfs one)",
     cpu_count},
    {"workers", 0, "N", nullptr, cpu_count},
    {"max-files-in-flight", 0, "N", "copy no more than N files at a time (default: 1024)", files_in_flight},
    {"queue-depth", 0, "N",
     "direct: N transfers in flight for each thread (default: 4096, as far as 64 MiB of buffers go)",
     queue_depth},
    {"buffer-size", 0, "SIZE", "the buffer of each thread, 4K to 8M (default: 256K)", buffer_size},
};

} // namespace

std::span<const option> transfer_options() { return table; }

} // namespace arsync
