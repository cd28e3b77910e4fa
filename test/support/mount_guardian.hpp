// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_MOUNT_GUARDIAN_HPP
#define ASIO_FS_TEST_SUPPORT_MOUNT_GUARDIAN_HPP

#include <sys/types.h>

#include <chrono>
#include <string>

namespace asio_fs::test {

// A process that breaks off a FUSE mount when the thread that serves it is gone, or after a time.
//
// A process that serves a mount and waits for it cannot be killed: the waiting thread does not end before the
// connection does, and the connection, a descriptor, does not end before the thread. Somebody else has to end it.
class mount_guardian
{
public:
    // `server` is the serving thread's id.
    mount_guardian(std::string mount_point, pid_t server, std::chrono::seconds patience);
    mount_guardian(const mount_guardian&) = delete;
    mount_guardian& operator=(const mount_guardian&) = delete;
    ~mount_guardian();

private:
    pid_t child_;
};

} // namespace asio_fs::test

#endif
