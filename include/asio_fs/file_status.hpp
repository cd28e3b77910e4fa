// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_FILE_STATUS_HPP
#define ASIO_FS_FILE_STATUS_HPP

#include <asio_fs/entry_type.hpp>
#include <asio_fs/statx_mask.hpp>

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/types.h>

#include <cstdint>
#include <ctime>

namespace asio_fs {

/// What statx(2) says of an entry.
/**
 * A field holds something only if has() says so: file systems leave out what they do not know, for example
 * the time of birth. Fields without a bit of their own (device, block size, attributes) always do.
 */
class file_status
{
public:
    /// Nothing is known.
    file_status() = default;

    /// What the kernel has said.
    explicit file_status(const struct ::statx& native) noexcept : statx_(native) {}

    /// Whether all of these fields are known.
    bool has(statx_mask fields) const noexcept { return asio_fs::has(mask(), fields); }

    /// Which fields are known.
    statx_mask mask() const noexcept { return static_cast<statx_mask>(statx_.stx_mask); }

    /// The kind of the entry.
    entry_type type() const noexcept { return entry_type_of(mode()); }

    /// Whether the entry is of this kind.
    /// @{
    bool is_regular() const noexcept { return S_ISREG(mode()); }
    bool is_directory() const noexcept { return S_ISDIR(mode()); }
    bool is_symlink() const noexcept { return S_ISLNK(mode()); }
    bool is_fifo() const noexcept { return S_ISFIFO(mode()); }
    bool is_socket() const noexcept { return S_ISSOCK(mode()); }
    bool is_block_device() const noexcept { return S_ISBLK(mode()); }
    bool is_character_device() const noexcept { return S_ISCHR(mode()); }
    /// @}

    /// Type and permission bits together, as in inode(7).
    mode_t mode() const noexcept { return statx_.stx_mode; }

    /// The permission bits with set-user-ID, set-group-ID and the sticky bit, as fchmod() takes them.
    mode_t permissions() const noexcept { return statx_.stx_mode & mode_t(07777); }

    /// Owner.
    uid_t uid() const noexcept { return statx_.stx_uid; }

    /// Group.
    gid_t gid() const noexcept { return statx_.stx_gid; }

    /// Number of hard links.
    std::uint32_t nlink() const noexcept { return statx_.stx_nlink; }

    /// Inode number, unique within dev().
    std::uint64_t ino() const noexcept { return statx_.stx_ino; }

    /// Size in bytes; of a symbolic link, the length of its target.
    std::uint64_t size() const noexcept { return statx_.stx_size; }

    /// Space used, in units of 512 bytes; less than the size tells of holes.
    std::uint64_t blocks() const noexcept { return statx_.stx_blocks; }

    /// The size in bytes in which reads and writes are efficient.
    std::uint32_t blksize() const noexcept { return statx_.stx_blksize; }

    /// Time of the last access.
    timespec atime() const noexcept { return time(statx_.stx_atime); }

    /// Time of the last modification of the content.
    timespec mtime() const noexcept { return time(statx_.stx_mtime); }

    /// Time of the last change of the inode.
    timespec ctime() const noexcept { return time(statx_.stx_ctime); }

    /// Time of birth.
    timespec btime() const noexcept { return time(statx_.stx_btime); }

    /// The device that holds the entry, see makedev(3).
    dev_t dev() const noexcept { return ::makedev(statx_.stx_dev_major, statx_.stx_dev_minor); }

    /// The device that the entry is, if it is one.
    dev_t rdev() const noexcept { return ::makedev(statx_.stx_rdev_major, statx_.stx_rdev_minor); }

    /// Inode flags (STATX_ATTR_...) that are set.
    std::uint64_t attributes() const noexcept { return statx_.stx_attributes; }

    /// Inode flags that the file system knows.
    std::uint64_t attributes_mask() const noexcept { return statx_.stx_attributes_mask; }

    /// Identity of the mount, as in /proc/self/mountinfo.
    std::uint64_t mnt_id() const noexcept { return statx_.stx_mnt_id; }

    /// Alignment of memory for direct I/O in bytes; 0 where direct I/O is impossible. statx_mask::dio_align.
    std::uint32_t dio_mem_align() const noexcept { return dio_mem_align(statx_); }

    /// Alignment of offsets and lengths for direct I/O in bytes. statx_mask::dio_align.
    std::uint32_t dio_offset_align() const noexcept { return dio_offset_align(statx_); }

    /// Identity of the subvolume. statx_mask::subvol.
    std::uint64_t subvol() const noexcept { return subvol(statx_); }

    /// The kernel's structure, with every field that the system's headers know.
    const struct ::statx& native() const noexcept { return statx_; }

private:
    static timespec time(const struct ::statx_timestamp& t) noexcept
    {
        return {static_cast<time_t>(t.tv_sec), static_cast<long>(t.tv_nsec)};
    }

    // Templates, because the system's headers may be older than the field.
    template <class Statx>
    static std::uint32_t dio_mem_align(const Statx& s) noexcept
    {
        if constexpr (requires { s.stx_dio_mem_align; })
            return s.stx_dio_mem_align;
        else
            return 0;
    }

    template <class Statx>
    static std::uint32_t dio_offset_align(const Statx& s) noexcept
    {
        if constexpr (requires { s.stx_dio_offset_align; })
            return s.stx_dio_offset_align;
        else
            return 0;
    }

    template <class Statx>
    static std::uint64_t subvol(const Statx& s) noexcept
    {
        if constexpr (requires { s.stx_subvol; })
            return s.stx_subvol;
        else
            return 0;
    }

    struct ::statx statx_ = {};
};

} // namespace asio_fs

#endif
