// SPDX-License-Identifier: BSL-1.0

// The functions of the C library that the library under test calls, in front of the C library's own: they count, and
// one of them fails. What liburing does is not seen from here; but transfers that are waited for may end with an error
// (the linker's --wrap, since liburing may be a static library).

#include "support/faults.hpp"

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>

#include <dlfcn.h>
#include <fcntl.h>
#include <liburing.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace {

using asio_fs::test::fault_kind;

// How many are left until the one that fails; 0 when it has, negative when there is none.
std::atomic<int> calls_left{-1}, requests_left{-1};
std::atomic<int> code{0};
std::atomic<const char*> failed{nullptr}; // since the last one began

bool is_it(std::atomic<int>& left, const char* name) noexcept
{
    if (left.load(std::memory_order_relaxed) <= 0 || left.fetch_sub(1) != 1)
        return false;
    failed = name;
    return true;
}

template <class Function>
Function* next(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

template <class T>
long word(T value)
{
    if constexpr (std::is_pointer_v<T>)
        return reinterpret_cast<long>(value);
    else
        return static_cast<long>(value);
}

template <class... Arguments>
long kernel(long number, Arguments... arguments)
{
    static auto* const real = next<long(long, ...)>("syscall");
    return real(number, word(arguments)...);
}

bool makes_file(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

// Fails, or does what the kernel does.
template <class Result = int, class... Arguments>
Result call(const char* name, long number, Arguments... arguments)
{
    if (is_it(calls_left, name))
    {
        errno = code;
        return static_cast<Result>(-1);
    }
    return static_cast<Result>(kernel(number, arguments...));
}

void* memory(std::size_t size, std::size_t alignment)
{
    if (!is_it(requests_left, "operator new"))
    {
        // aligned_alloc wants a size that is a multiple of the alignment.
        if (void* p = std::aligned_alloc(alignment, (size + alignment) / alignment * alignment))
            return p;
    }
    throw std::bad_alloc();
}

} // namespace

namespace asio_fs::test {

void fault::begin() noexcept
{
    failed = nullptr;
    code = error_;
    (kind_ == fault_kind::call ? calls_left : requests_left) = nth_;
}

const char* fault::end() noexcept
{
    calls_left = requests_left = -1;
    return failed;
}

} // namespace asio_fs::test

void* operator new(std::size_t size) { return memory(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment)
{
    return memory(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

extern "C"
{

    // ---- names and inodes --------------------------------------------------------------------------------

    int open(const char* path, int flags, ...)
    {
        va_list rest;
        va_start(rest, flags);
        const mode_t mode = makes_file(flags) ? va_arg(rest, mode_t) : 0;
        va_end(rest);
        return call("open", SYS_openat, AT_FDCWD, path, flags, mode);
    }

    int openat(int dir, const char* path, int flags, ...)
    {
        va_list rest;
        va_start(rest, flags);
        const mode_t mode = makes_file(flags) ? va_arg(rest, mode_t) : 0;
        va_end(rest);
        return call("openat", SYS_openat, dir, path, flags, mode);
    }

    int fstat(int fd, struct stat* out) noexcept
    {
        return call("fstat", SYS_newfstatat, fd, "", out, AT_EMPTY_PATH);
    }
    int fstatat(int dir, const char* path, struct stat* out, int flags) noexcept
    {
        return call("fstatat", SYS_newfstatat, dir, path, out, flags);
    }
    int lstat(const char* path, struct stat* out) noexcept
    {
        return call("lstat", SYS_newfstatat, AT_FDCWD, path, out, AT_SYMLINK_NOFOLLOW);
    }
    int statx(int dir, const char* path, int flags, unsigned mask, struct statx* out) noexcept
    {
        return call("statx", SYS_statx, dir, path, flags, mask, out);
    }
    int fstatfs(int fd, struct statfs* out) noexcept { return call("fstatfs", SYS_fstatfs, fd, out); }
    int mkdirat(int dir, const char* path, mode_t mode) noexcept
    {
        return call("mkdirat", SYS_mkdirat, dir, path, mode);
    }
    int mknodat(int dir, const char* path, mode_t mode, dev_t device) noexcept
    {
        return call("mknodat", SYS_mknodat, dir, path, mode, device);
    }
    int symlinkat(const char* target, int dir, const char* path) noexcept
    {
        return call("symlinkat", SYS_symlinkat, target, dir, path);
    }
    ssize_t readlinkat(int dir, const char* path, char* out, size_t size) noexcept
    {
        return call<ssize_t>("readlinkat", SYS_readlinkat, dir, path, out, size);
    }
    int linkat(int from, const char* path, int to, const char* name, int flags) noexcept
    {
        return call("linkat", SYS_linkat, from, path, to, name, flags);
    }
    int renameat(int from, const char* path, int to, const char* name) noexcept
    {
        return call("renameat", SYS_renameat2, from, path, to, name, 0);
    }
    int renameat2(int from, const char* path, int to, const char* name, unsigned flags) noexcept
    {
        return call("renameat2", SYS_renameat2, from, path, to, name, flags);
    }
    int unlinkat(int dir, const char* path, int flags) noexcept
    {
        return call("unlinkat", SYS_unlinkat, dir, path, flags);
    }
    int fchmod(int fd, mode_t mode) noexcept { return call("fchmod", SYS_fchmod, fd, mode); }
    int fchown(int fd, uid_t user, gid_t group) noexcept
    {
        return call("fchown", SYS_fchown, fd, user, group);
    }
    int fchownat(int dir, const char* path, uid_t user, gid_t group, int flags) noexcept
    {
        return call("fchownat", SYS_fchownat, dir, path, user, group, flags);
    }
    int utimensat(int dir, const char* path, const timespec times[2], int flags) noexcept
    {
        return call("utimensat", SYS_utimensat, dir, path, times, flags);
    }
    int futimens(int fd, const timespec times[2]) noexcept
    {
        return call("futimens", SYS_utimensat, fd, static_cast<const char*>(nullptr), times, 0);
    }

    // ---- extended attributes -----------------------------------------------------------------------------

    ssize_t fgetxattr(int fd, const char* name, void* out, size_t size) noexcept
    {
        return call<ssize_t>("fgetxattr", SYS_fgetxattr, fd, name, out, size);
    }
    ssize_t getxattr(const char* path, const char* name, void* out, size_t size) noexcept
    {
        return call<ssize_t>("getxattr", SYS_getxattr, path, name, out, size);
    }
    ssize_t lgetxattr(const char* path, const char* name, void* out, size_t size) noexcept
    {
        return call<ssize_t>("lgetxattr", SYS_lgetxattr, path, name, out, size);
    }
    int fsetxattr(int fd, const char* name, const void* value, size_t size, int flags) noexcept
    {
        return call("fsetxattr", SYS_fsetxattr, fd, name, value, size, flags);
    }
    int setxattr(const char* path, const char* name, const void* value, size_t size, int flags) noexcept
    {
        return call("setxattr", SYS_setxattr, path, name, value, size, flags);
    }
    int lsetxattr(const char* path, const char* name, const void* value, size_t size, int flags) noexcept
    {
        return call("lsetxattr", SYS_lsetxattr, path, name, value, size, flags);
    }
    ssize_t flistxattr(int fd, char* out, size_t size) noexcept
    {
        return call<ssize_t>("flistxattr", SYS_flistxattr, fd, out, size);
    }
    ssize_t listxattr(const char* path, char* out, size_t size) noexcept
    {
        return call<ssize_t>("listxattr", SYS_listxattr, path, out, size);
    }
    ssize_t llistxattr(const char* path, char* out, size_t size) noexcept
    {
        return call<ssize_t>("llistxattr", SYS_llistxattr, path, out, size);
    }
    int fremovexattr(int fd, const char* name) noexcept
    {
        return call("fremovexattr", SYS_fremovexattr, fd, name);
    }
    int removexattr(const char* path, const char* name) noexcept
    {
        return call("removexattr", SYS_removexattr, path, name);
    }

    // ---- content -----------------------------------------------------------------------------------------

    ssize_t pread(int fd, void* out, size_t size, off_t offset)
    {
        return call<ssize_t>("pread", SYS_pread64, fd, out, size, offset);
    }
    ssize_t pwrite(int fd, const void* in, size_t size, off_t offset)
    {
        return call<ssize_t>("pwrite", SYS_pwrite64, fd, in, size, offset);
    }
    ssize_t writev(int fd, const iovec* in, int count)
    {
        return call<ssize_t>("writev", SYS_writev, fd, in, count);
    }
    ssize_t copy_file_range(int from, off64_t* at, int to, off64_t* there, size_t size, unsigned flags)
    {
        return call<ssize_t>("copy_file_range", SYS_copy_file_range, from, at, to, there, size, flags);
    }
    ssize_t splice(int from, off64_t* at, int to, off64_t* there, size_t size, unsigned flags)
    {
        return call<ssize_t>("splice", SYS_splice, from, at, to, there, size, flags);
    }
    off_t lseek(int fd, off_t offset, int whence) noexcept
    {
        return call<off_t>("lseek", SYS_lseek, fd, offset, whence);
    }
    int ftruncate(int fd, off_t size) noexcept { return call("ftruncate", SYS_ftruncate, fd, size); }
    int fallocate(int fd, int mode, off_t offset, off_t size)
    {
        return call("fallocate", SYS_fallocate, fd, mode, offset, size);
    }
    int ioctl(int fd, unsigned long request, ...) noexcept
    {
        va_list rest;
        va_start(rest, request);
        void* const argument = va_arg(rest, void*);
        va_end(rest);
        return call("ioctl", SYS_ioctl, fd, request, argument);
    }
    int fsync(int fd) { return call("fsync", SYS_fsync, fd); }
    int fdatasync(int fd) { return call("fdatasync", SYS_fdatasync, fd); }

    // A descriptor is free even if closing it gives an error.
    int close(int fd)
    {
        const int result = static_cast<int>(kernel(SYS_close, fd));
        if (result != 0 || !is_it(calls_left, "close"))
            return result;
        errno = code;
        return -1;
    }

    // ---- the rest ----------------------------------------------------------------------------------------

    int pipe2(int fds[2], int flags) noexcept { return call("pipe2", SYS_pipe2, fds, flags); }
    int eventfd(unsigned value, int flags) noexcept { return call("eventfd", SYS_eventfd2, value, flags); }
    ssize_t getrandom(void* out, size_t size, unsigned flags)
    {
        return call<ssize_t>("getrandom", SYS_getrandom, out, size, flags);
    }

    long syscall(long number, ...) noexcept
    {
        va_list rest;
        va_start(rest, number);
        long arguments[6];
        for (long& argument : arguments)
            argument = va_arg(rest, long);
        va_end(rest);
        if (number == SYS_close)
            return close(static_cast<int>(arguments[0]));
        // What waits, rather than concerns files, does not fail.
        if (number == SYS_futex || number == SYS_io_uring_enter || number == SYS_gettid)
            return kernel(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                          arguments[5]);
        return call<long>("syscall", number, arguments[0], arguments[1], arguments[2], arguments[3],
                          arguments[4], arguments[5]);
    }

    int __real_io_uring_submit_and_wait(io_uring* ring, unsigned count);
    int __wrap_io_uring_submit_and_wait(io_uring* ring, unsigned count);

    int __wrap_io_uring_submit_and_wait(io_uring* ring, unsigned count)
    {
        const int result = __real_io_uring_submit_and_wait(ring, count);
        io_uring_cqe* cqe;
        if (::io_uring_peek_cqe(ring, &cqe) == 0 && is_it(calls_left, "a transfer of the ring"))
            cqe->res = -code;
        return result;
    }

    // As with more threads than the system allows.
    int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*),
                       void* argument) noexcept
    {
        if (is_it(calls_left, "pthread_create"))
            return EAGAIN;
        static auto* const real =
            next<int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)>("pthread_create");
        return real(thread, attributes, function, argument);
    }

} // extern "C"
