// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CONFIG_HPP
#define ASIO_FS_CONFIG_HPP

// Build switches, in one place.
//
// ASIO_FS_SEPARATE_COMPILATION  the program links the library built from lib/ instead of compiling the
//                               definitions inline; the CMake target defines it where it applies.

#if !defined(__linux__)
#error "asio-fs-extended runs on Linux only: it is built on io_uring and Linux system calls"
#endif

#if __cplusplus < 202002L
#error "asio-fs-extended needs C++20: compile with -std=c++20 or newer"
#endif

#include <boost/version.hpp>

#if BOOST_VERSION < 108100
#error "asio-fs-extended needs Boost 1.81 or newer: Boost.Asio's file objects lose completions before it"
#endif

#if defined(ASIO_FS_SEPARATE_COMPILATION)
#define ASIO_FS_DECL
#else
#define ASIO_FS_DECL inline
#define ASIO_FS_HEADER_ONLY 1
#endif

namespace boost::asio {}

/// Asynchronous file-system operations for Boost.Asio.
namespace asio_fs {

namespace asio = boost::asio;

} // namespace asio_fs

#endif
