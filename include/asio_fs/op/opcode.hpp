// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_OPCODE_HPP
#define ASIO_FS_OP_OPCODE_HPP

#include <asio_fs/config.hpp>

namespace asio_fs::op::opcode {

// Opcodes by number, because the header of an older liburing (Debian 12 has 2.3) does not name the newest
// ones. Kernel: the first release that has the opcode.
inline constexpr int readv = 1;            // 5.1
inline constexpr int writev = 2;           // 5.1
inline constexpr int fsync = 3;            // 5.1
inline constexpr int read_fixed = 4;       // 5.1
inline constexpr int write_fixed = 5;      // 5.1
inline constexpr int poll_add = 6;         // 5.1
inline constexpr int sync_file_range = 8;  // 5.2
inline constexpr int fallocate = 17;       // 5.6
inline constexpr int openat = 18;          // 5.6
inline constexpr int close = 19;           // 5.6
inline constexpr int statx = 21;           // 5.6
inline constexpr int fadvise = 24;         // 5.6
inline constexpr int openat2 = 28;         // 5.6
inline constexpr int renameat = 35;        // 5.11
inline constexpr int unlinkat = 36;        // 5.11
inline constexpr int mkdirat = 37;         // 5.15
inline constexpr int symlinkat = 38;       // 5.15
inline constexpr int linkat = 39;          // 5.15
inline constexpr int fsetxattr = 41;       // 5.19
inline constexpr int setxattr = 42;        // 5.19
inline constexpr int fgetxattr = 43;       // 5.19
inline constexpr int getxattr = 44;        // 5.19
inline constexpr int ftruncate = 55;       // 6.9

} // namespace asio_fs::op::opcode

#endif
