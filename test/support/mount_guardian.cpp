// SPDX-License-Identifier: BSL-1.0

#include "support/mount_guardian.hpp"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>

namespace asio_fs::test {

namespace {

// The child of a process with threads: nothing but system calls.
[[noreturn]] void guard(const char* mount_point, pid_t process, pid_t server, long tenths) noexcept
{
    // Neither the connection nor the pipes of the test's output may live on in here.
    ::syscall(SYS_close_range, 0u, ~0u, 0u);
    for (; tenths > 0 && ::syscall(SYS_tgkill, process, server, 0) == 0; --tenths)
    {
        timespec tenth{0, 100'000'000};
        ::nanosleep(&tenth, nullptr);
    }
    ::umount2(mount_point, MNT_FORCE | MNT_DETACH);
    ::rmdir(mount_point);
    ::_exit(0);
}

} // namespace

mount_guardian::mount_guardian(std::string mount_point, pid_t server, std::chrono::seconds patience)
{
    const pid_t process = ::getpid();
    child_ = ::fork();
    if (child_ < 0)
        throw std::system_error(errno, std::system_category(), "fork");
    if (child_ == 0)
        guard(mount_point.c_str(), process, server, static_cast<long>(patience.count()) * 10);
}

mount_guardian::~mount_guardian()
{
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

} // namespace asio_fs::test
