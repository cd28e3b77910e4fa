// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_CONSOLE_HPP
#define ARSYNC_CONSOLE_HPP

#include <asio_fs/copy_entry.hpp>
#include <asio_fs/copy_progress.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/tree_error.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace arsync {

/// Everything the program prints: errors on stderr, the rest on stdout, with names made safe for a terminal.
///
/// Calls must not overlap; the library's callbacks do not.
class console
{
public:
    /// `name` is what the names of entries are put behind; it may be empty.
    console(std::string name, bool quiet);

    /// Whether a line of progress makes sense here.
    bool shows_progress() const noexcept { return live_; }

    /// Name an entry that is finished.
    void entry(const asio_fs::copy_entry& what);

    /// Name an entry that failed, the step and the reason.
    void failure(const asio_fs::tree_error& error);

    /// Say on stderr what went wrong as a whole.
    void message(std::string_view text);

    /// Renew the line of progress.
    void progress(const asio_fs::copy_progress& now);

    /// Say what was done.
    void summary(const asio_fs::copy_report& report, bool dry_run);

private:
    std::string full_name(std::string_view path) const;
    void clear_line();
    double seconds() const;

    std::string name_;
    bool quiet_;
    bool utf8_;
    bool live_;
    bool line_shown_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Write a number of bytes for people: "1.50 MB".
std::string bytes_text(double bytes);

} // namespace arsync

#endif
