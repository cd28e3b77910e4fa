// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_SUMMARY_HPP
#define ARSYNC_SUMMARY_HPP

#include <asio_fs/copy_counters.hpp>

#include <string>

namespace arsync {

/// What was done, in two lines or three.
std::string summary_text(const asio_fs::copy_counters& done, bool dry_run, double seconds);

/// What --stats prints: a line for each counter.
std::string stats_text(const asio_fs::copy_counters& done, double seconds);

} // namespace arsync

#endif
