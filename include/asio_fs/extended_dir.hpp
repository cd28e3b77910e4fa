// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_EXTENDED_DIR_HPP
#define ASIO_FS_EXTENDED_DIR_HPP

#include <asio_fs/basic_extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

namespace asio_fs {

/// An open directory with a polymorphic executor, the usual form.
using extended_dir = basic_extended_dir<>;

} // namespace asio_fs

#endif
