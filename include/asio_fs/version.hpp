// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_VERSION_HPP
#define ASIO_FS_VERSION_HPP

// The version of the library. The build system owns the number; a test compares it with these lines.

#define ASIO_FS_VERSION_MAJOR 0
#define ASIO_FS_VERSION_MINOR 1
#define ASIO_FS_VERSION_PATCH 0

/// The version as one number for comparisons in the preprocessor: major * 10000 + minor * 100 + patch.
#define ASIO_FS_VERSION (ASIO_FS_VERSION_MAJOR * 10000 + ASIO_FS_VERSION_MINOR * 100 + ASIO_FS_VERSION_PATCH)

/// The version as it is written: "major.minor.patch".
#define ASIO_FS_VERSION_STRING "0.1.0"

#endif
