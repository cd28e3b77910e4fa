// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_GUARD_MOUNT_HPP
#define ASIO_FS_TEST_SUPPORT_GUARD_MOUNT_HPP

#include <sys/types.h>

#include <chrono>
#include <string>

namespace asio_fs::test {

// Starts a process that breaks off a FUSE mount of this one when the thread that serves it is gone, or after a time.
//
// A process that serves a mount and waits for it cannot be killed: the waiting thread does not end before the
// connection does, and the connection, a descriptor, does not end before the thread. Somebody else has to end it.
//
// `server` is the serving thread's id. Throws std::system_error.
void guard_mount(const std::string& mount_point, pid_t server, std::chrono::seconds time_limit);

} // namespace asio_fs::test

#endif
