// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_ITEMIZE_HPP
#define ARSYNC_ITEMIZE_HPP

#include <asio_fs/copy_entry.hpp>
#include <asio_fs/copy_options.hpp>

#include <string>

namespace arsync {

/// The eleven characters with which rsync's --itemize-changes tells what happened to an entry.
std::string itemized(const asio_fs::copy_entry& entry, const asio_fs::copy_options& options);

/// Whether anything happened to it.
bool has_changed(const asio_fs::copy_entry& entry);

} // namespace arsync

#endif
