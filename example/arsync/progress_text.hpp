// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_PROGRESS_TEXT_HPP
#define ARSYNC_PROGRESS_TEXT_HPP

#include "tree_total.hpp"

#include <asio_fs/copy_counters.hpp>

#include <string>

namespace arsync {

/// How far a copy is: the share that is done and the time left, once the total is known, entries, bytes and
/// rate.
std::string progress_text(const asio_fs::copy_counters& done, const tree_total& total, double seconds);

} // namespace arsync

#endif
