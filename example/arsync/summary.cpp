// SPDX-License-Identifier: BSL-1.0

#include "summary.hpp"

#include "number_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace arsync {

std::string summary_text(const asio_fs::copy_counters& done, bool dry_run, double seconds)
{
    std::string text = dry_run ? "Would copy " : "Copied ";
    text += count_text(done.files, "file", "files");
    text += ", " + count_text(done.directories, "directory", "directories");
    text += ", " + count_text(done.symlinks, "symbolic link", "symbolic links");
    text += ", " + count_text(done.specials, "special file", "special files");
    text += ", " + count_text(done.hard_links, "hard link", "hard links");
    if (done.removed != 0)
        text += "; removed " + count_text(done.removed, "entry", "entries");
    if (done.skipped != 0)
        text += "; left " + count_text(done.skipped, "entry", "entries") + " as they were";

    const double elapsed = std::max(seconds, 1e-6);
    const auto bytes = static_cast<double>(done.bytes_copied + done.bytes_cloned);
    text += "\n" + bytes_text(bytes);
    if (done.bytes_cloned != 0)
        text += " (" + bytes_text(static_cast<double>(done.bytes_cloned)) + " of it shared)";
    if (done.bytes_in_holes != 0)
        text += " and " + bytes_text(static_cast<double>(done.bytes_in_holes)) + " of holes";
    if (!dry_run)
    {
        std::array<char, 64> rate{};
        std::snprintf(rate.data(), rate.size(), " in %.2f s, %.0f files/s, ", seconds,
                      static_cast<double>(done.files) / elapsed);
        text += rate.data() + bytes_text(bytes / elapsed) + "/s";
    }
    text += '\n';
    if (done.verified != 0)
        text += "Read back " + count_text(done.verified, "file", "files") + ", equal to the source\n";
    if (done.errors != 0)
        text += count_text(done.errors, "error", "errors") + '\n';
    return text;
}

std::string stats_text(const asio_fs::copy_counters& done, double seconds)
{
    std::string text; // in rsync's words, where it has some
    const auto line = [&](const char* what, std::uint64_t count, const char* unit = "")
    { text += std::string(what) + ": " + std::to_string(count) + unit + '\n'; };
    const std::uint64_t others = done.symlinks + done.specials + done.hard_links;
    line("Number of files", done.directories + done.files + others + done.skipped);
    line("Number of directories", done.directories);
    line("Number of regular files transferred", done.files);
    line("Number of symbolic links created", done.symlinks);
    line("Number of special files created", done.specials);
    line("Number of hard links created", done.hard_links);
    line("Number of files left as they were", done.skipped);
    line("Number of deleted files", done.removed);
    line("Number of files read back", done.verified);
    line("Number of errors", done.errors);
    line("Number of vanished files", done.vanished);
    line("Total transferred file size", done.bytes_copied + done.bytes_cloned + done.bytes_in_holes,
         " bytes");
    line("Bytes copied", done.bytes_copied, " bytes");
    line("Bytes shared with the source", done.bytes_cloned, " bytes");
    line("Bytes in holes", done.bytes_in_holes, " bytes");
    std::array<char, 64> time{};
    std::snprintf(time.data(), time.size(), "Elapsed time: %.3f seconds\n", seconds);
    return text + time.data();
}

} // namespace arsync
