// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_EXTENDED_FILE_HPP
#define ASIO_FS_EXTENDED_FILE_HPP

#include <asio_fs/basic_extended_file.hpp>

namespace asio_fs {

/// An open file with a polymorphic executor, the usual form.
using extended_file = basic_extended_file<>;

} // namespace asio_fs

#endif
