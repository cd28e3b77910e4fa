// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_STANDARD_OUTPUT_HPP
#define ARSYNC_STANDARD_OUTPUT_HPP

#include <string_view>

namespace arsync {

/// Writes to stdout, and remembers what of that did not succeed. A reader that went away is no failure: it
/// has seen what it wanted.
class standard_output
{
public:
    /// Print text, at the latest when flush() is called.
    void print(std::string_view text);

    void flush();

    /// The errno of the first failure; zero if there was none.
    int error() const noexcept { return error_; }

private:
    void take_down();

    int error_ = 0;
};

} // namespace arsync

#endif
