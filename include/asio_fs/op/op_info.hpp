// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_OP_INFO_HPP
#define ASIO_FS_OP_OP_INFO_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/op/cancellable.hpp>

/// What is known of the library's operations; see capabilities().
namespace asio_fs::op {

/// Marks an operation for which the kernel has no io_uring opcode.
inline constexpr int no_opcode = -1;

/// What is known of an operation before it runs.
struct op_info
{
    /// The name of the operation: that of the system call or library function it stands for.
    const char* name;

    /// The io_uring opcode (IORING_OP_...), or no_opcode.
    int opcode = no_opcode;

    /// The manual page that the operation rests on.
    const char* man = "";

    /// The first Linux release that has the opcode; where there is no opcode, that has the system call.
    const char* kernel = "";

    /// Until when it can be cancelled.
    cancellable cancel = cancellable::until_begun;
};

} // namespace asio_fs::op

#endif
