// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_OUTCOME_HPP
#define ARSYNC_OUTCOME_HPP

#include "exit_status.hpp"

#include <asio_fs/copy_report.hpp>

#include <utility>

namespace arsync {

/// What became of all that the command line names.
struct outcome
{
    /// All counters together, and the failures, by the names the user knows the entries under.
    asio_fs::copy_report report;

    /// The destination of a source could not be made.
    bool no_destination = false;

    /// A signal ended it.
    bool interrupted = false;

    /// How long it took.
    double seconds = 0;

    /// Take down a failure.
    void fail(asio_fs::tree_error failure)
    {
        ++report.errors;
        report.failures.push_back(std::move(failure));
    }

    /// Take in what the copy of one source has done.
    void add(asio_fs::copy_report part);

    /// How the program ends.
    exit_status status() const;
};

} // namespace arsync

#endif
