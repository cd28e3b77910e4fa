// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_PLAIN_CALLS_HPP
#define ASIO_FS_DETAIL_TREE_PLAIN_CALLS_HPP

#include <asio_fs/config.hpp>

#include <cstddef>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__SANITIZE_THREAD__)
#define ASIO_FS_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ASIO_FS_THREAD_SANITIZER
#endif
#endif

/// The system calls that copying a small file consists of, as they are.
///
/// libc's functions are points where a thread may be cancelled, which nobody does to the threads of a job. In a
/// program with several threads they pay for that in each call: 3 % of the CPU time of copying files of 4 KiB on
/// tmpfs.
namespace asio_fs::detail::plain_calls {

// Where an offset does not fit into a register, its halves are passed in a way of each architecture's own.
inline constexpr bool registers_hold_offsets = sizeof(long) == sizeof(off_t) && sizeof(long) == 8;

inline int openat(int dir, const char* name, int flags, mode_t mode = 0) noexcept
{
    if constexpr (registers_hold_offsets)
        return static_cast<int>(::syscall(SYS_openat, dir, name, flags, mode));
    else
        return ::openat(dir, name, flags, mode);
}

// ThreadSanitizer has to see it: it would take the next descriptor of this number for the same one, used by
// two threads at once.
inline int close(int fd) noexcept
{
#if defined(ASIO_FS_THREAD_SANITIZER)
    return ::close(fd);
#else
    return static_cast<int>(::syscall(SYS_close, fd));
#endif
}

inline ssize_t pread(int fd, void* buffer, std::size_t size, off_t offset) noexcept
{
    if constexpr (registers_hold_offsets)
        return ::syscall(SYS_pread64, fd, buffer, size, offset);
    else
        return ::pread(fd, buffer, size, offset);
}

inline ssize_t pwrite(int fd, const void* buffer, std::size_t size, off_t offset) noexcept
{
    if constexpr (registers_hold_offsets)
        return ::syscall(SYS_pwrite64, fd, buffer, size, offset);
    else
        return ::pwrite(fd, buffer, size, offset);
}

} // namespace asio_fs::detail::plain_calls

#undef ASIO_FS_THREAD_SANITIZER

#endif
