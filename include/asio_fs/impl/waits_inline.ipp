// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_WAITS_INLINE_IPP
#define ASIO_FS_IMPL_WAITS_INLINE_IPP

#include <asio_fs/detail/waits_inline.hpp>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

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

bool waits_inline(int fd, mount_table& mounts) noexcept
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
    return !ask(STATX_MNT_ID) || mounts.is_fuse(status.stx_mnt_id);
}

} // namespace asio_fs::detail

#endif
