// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_CONSOLE_HPP
#define ARSYNC_CONSOLE_HPP

#include "command_line.hpp"
#include "outcome.hpp"
#include "standard_output.hpp"
#include "tree_total.hpp"

#include <asio_fs/copy_entry.hpp>
#include <asio_fs/copy_progress.hpp>
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
    /// `line` says what the user wants to see, and must outlive the console.
    explicit console(const command_line& line);

    /// Whether entries are named when they are finished.
    bool shows_entries() const noexcept;

    /// Whether it is shown how far the copy is.
    bool shows_progress() const noexcept { return live_ || lines_; }

    /// How long there must be between two calls of progress().
    std::chrono::milliseconds progress_interval() const;

    /// From here on, entries are named behind the name of the source, which is empty if only its content is
    /// copied.
    void begin(std::string name);

    /// An entry as the user knows it, in all its bytes.
    std::string full_name(std::string_view path) const;

    /// Name an entry that is finished.
    void entry(const asio_fs::copy_entry& what);

    /// Name an entry that failed, the step and the reason.
    void failure(const asio_fs::tree_error& error);

    /// Say on stderr what went wrong as a whole.
    void message(std::string_view text);

    /// Say on stdout what is not copied, and why.
    void skipping(std::string_view what, std::string_view name);

    /// Show how far the copy is.
    void progress(const asio_fs::copy_counters& now, std::string_view path, const tree_total& total);

    /// Say what was done.
    void summary(const outcome& done);

    /// Print text as it is.
    void verbatim(std::string_view text);

    /// Bring everything out. Says on stderr, and returns false, if some of it could not be written.
    bool finish();

    /// How long the program has been running.
    double seconds() const;

private:
    std::string shown(std::string_view path, asio_fs::entry_type type) const;
    void clear_line();

    const command_line& line_;
    standard_output stdout_;
    std::string name_;
    bool utf8_;
    bool silent_; // but for errors
    bool live_;
    bool lines_;
    bool line_shown_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace arsync

#endif
