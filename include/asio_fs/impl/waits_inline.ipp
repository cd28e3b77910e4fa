// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_WAITS_INLINE_IPP
#define ASIO_FS_IMPL_WAITS_INLINE_IPP

#include <asio_fs/detail/waits_inline.hpp>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

namespace asio_fs::detail {

// The superblock's magic number by statmount(2), since Linux 6.8; 0 if it cannot be had. Declared here because the
// headers of older systems do not have it.
inline std::uint64_t magic_of_mount(std::uint64_t unique_id) noexcept
{
    constexpr long statmount_call = 457;
    constexpr std::uint64_t sb_basic = 1;
    struct
    {
        std::uint32_t size = 24;
        std::uint32_t spare = 0;
        std::uint64_t mount_id = 0;
        std::uint64_t mask = sb_basic;
    } request;
    request.mount_id = unique_id;
    struct
    {
        std::uint32_t size;
        std::uint32_t spare;
        std::uint64_t mask;
        std::uint32_t device[2];
        std::uint64_t magic;
        std::uint64_t rest[64];
    } reply = {};
    const long r = ::syscall(statmount_call, &request, &reply, sizeof(reply), 0);
    return r == 0 && (reply.mask & sb_basic) != 0 ? reply.magic : 0;
}

// The same question to /proc/self/mountinfo, by the mount's other, reusable number.
inline bool is_mount_of_fuse(std::uint64_t id) noexcept
{
    const std::unique_ptr<FILE, int (*)(FILE*)> mounts(std::fopen("/proc/self/mountinfo", "re"), &std::fclose);
    char line[4096];
    bool whole = true;   // not the continuation of a long line
    while (mounts && std::fgets(line, sizeof(line), mounts.get()))
    {
        std::uint64_t number = 0;
        const bool begins = whole;
        whole = std::strchr(line, '\n') != nullptr;
        if (!begins || std::sscanf(line, "%" SCNu64, &number) != 1 || number != id)
            continue;
        const char* type = std::strstr(line, " - ");
        return !type || std::strncmp(type + 3, "fuse", 4) == 0 || std::strncmp(type + 3, "virtiofs", 8) == 0;
    }
    return true;
}

bool waits_inline(int fd) noexcept
{
    constexpr unsigned unique = 0x4000;   // STATX_MNT_ID_UNIQUE, since Linux 6.8
    struct ::statx status = {};
    const auto ask = [&](unsigned mask) {
        return ::statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, mask, &status) == 0 && (status.stx_mask & mask) != 0;
    };
    // Pipes, sockets and character devices say themselves when they are ready.
    if (ask(STATX_TYPE) && !S_ISREG(status.stx_mode) && !S_ISBLK(status.stx_mode))
        return false;
    if (ask(unique))
        if (const std::uint64_t magic = magic_of_mount(status.stx_mnt_id))
            return magic == FUSE_SUPER_MAGIC;
    return !ask(STATX_MNT_ID) || is_mount_of_fuse(status.stx_mnt_id);
}

} // namespace asio_fs::detail

#endif
