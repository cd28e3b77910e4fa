// SPDX-License-Identifier: BSL-1.0

#include "support/guard_mount.hpp"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>

namespace asio_fs::test {

namespace {

// The child of a process with threads: nothing but system calls.
[[noreturn]] void guard(const char* mount_point, pid_t process, pid_t server, long tenths) noexcept
{
    for (; tenths > 0 && ::syscall(SYS_tgkill, process, server, 0) == 0; --tenths)
    {
        timespec tenth{0, 100'000'000};
        ::nanosleep(&tenth, nullptr);
    }
    // The name is one of mkdtemp's: once it is gone, nobody uses it again.
    ::umount2(mount_point, MNT_FORCE | MNT_DETACH);
    ::rmdir(mount_point);
    ::_exit(0);
}

} // namespace

void guard_mount(const std::string& mount_point, pid_t server, std::chrono::seconds time_limit)
{
    const pid_t process = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        throw std::system_error(errno, std::system_category(), "fork");
    if (child == 0)
    {
        // Neither the connection nor the pipes of the test's output may live on in here.
        ::syscall(SYS_close_range, 0u, ~0u, 0u);
        // Out of reach of what kills a test with its process group, or with all its children.
        ::setsid();
        if (::fork() == 0)
            guard(mount_point.c_str(), process, server, static_cast<long>(time_limit.count()) * 10);
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
}

} // namespace asio_fs::test
