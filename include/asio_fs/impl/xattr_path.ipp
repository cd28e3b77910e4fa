// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_XATTR_PATH_IPP
#define ASIO_FS_IMPL_XATTR_PATH_IPP

#include <asio_fs/detail/through_proc.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/error.hpp>

#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdint>

namespace asio_fs::detail {

// By number, because the system's headers may be older than the calls; the same on every architecture but
// alpha.
inline constexpr long sys_setxattrat = 463;
inline constexpr long sys_getxattrat = 464;
inline constexpr long sys_listxattrat = 465;
inline constexpr long sys_removexattrat = 466;

// The kernel's struct xattr_args.
struct xattr_value
{
    alignas(8) std::uint64_t value;
    std::uint32_t size;
    std::uint32_t flags;
};

inline bool has_xattrat() noexcept
{
    // A seccomp filter may answer EPERM where an older kernel answers ENOSYS. A kernel that has the call sees
    // a bad descriptor.
    static const bool answer = ::syscall(sys_listxattrat, -1, "x", 0, nullptr,
        std::size_t(0)) == -1 && errno == EBADF;
    return answer;
}

inline xattr_value value_of(const void* value, std::size_t size, int how) noexcept
{
    constexpr std::size_t most = 0xffffffffu;
    return {reinterpret_cast<std::uintptr_t>(value), static_cast<std::uint32_t>(size < most ? size : most),
        static_cast<std::uint32_t>(how)};
}

int getxattr_at(int dirfd, const char* path, at_flags flags, const char* name, void* value,
    std::size_t size) noexcept
{
    if (has_xattrat())
    {
        xattr_value args = value_of(value, size, 0);
        return ret(::syscall(sys_getxattrat, dirfd, path, native(flags), name, &args, sizeof(args)));
    }
    return through_proc(
        dirfd, path, flags, [&](const char* p) { return ::getxattr(p, name, value, size); },
        [&](const char* p) { return ::lgetxattr(p, name, value, size); });
}

int setxattr_at(int dirfd, const char* path, at_flags flags, const char* name, const void* value,
    std::size_t size, int how) noexcept
{
    if (has_xattrat())
    {
        xattr_value args = value_of(value, size, how);
        return ret(::syscall(sys_setxattrat, dirfd, path, native(flags), name, &args, sizeof(args)));
    }
    return through_proc(
        dirfd, path, flags, [&](const char* p) { return ::setxattr(p, name, value, size, how); },
        [&](const char* p) { return ::lsetxattr(p, name, value, size, how); });
}

int listxattr_at(int dirfd, const char* path, at_flags flags, char* names, std::size_t size) noexcept
{
    if (has_xattrat())
        return ret(::syscall(sys_listxattrat, dirfd, path, native(flags), names, size));
    return through_proc(
        dirfd, path, flags, [&](const char* p) { return ::listxattr(p, names, size); },
        [&](const char* p) { return ::llistxattr(p, names, size); });
}

int removexattr_at(int dirfd, const char* path, at_flags flags, const char* name) noexcept
{
    if (has_xattrat())
        return ret(::syscall(sys_removexattrat, dirfd, path, native(flags), name));
    return through_proc(
        dirfd, path, flags, [&](const char* p) { return ::removexattr(p, name); },
        [&](const char* p) { return ::lremovexattr(p, name); });
}

} // namespace asio_fs::detail

#endif
