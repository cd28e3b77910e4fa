// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_MOUNT_TABLE_HPP
#define ASIO_FS_DETAIL_MOUNT_TABLE_HPP

#include <asio_fs/config.hpp>

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>

namespace asio_fs::detail {

// Which mounts are FUSE's, by /proc/self/mountinfo: for kernels before 6.8, which tell nothing of a single mount. The
// table may be long, so what it said is remembered.
//
// Mounts are known by numbers that are used again, as are the numbers of devices. But poll(2) tells that something
// was mounted or unmounted, and then all is forgotten: an open file keeps its mount, so what is asked about is not
// replaced between the two. A mount of another namespace is not in the table.
class mount_table
{
public:
    // In doubt, yes.
    ASIO_FS_DECL bool is_fuse(std::uint64_t mount_id) noexcept;

private:
    struct entry
    {
        std::uint64_t mount_id;
        bool fuse;
    };

    struct closer
    {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    // Hold the mutex.
    ASIO_FS_DECL void forget_what_changed() noexcept;
    ASIO_FS_DECL bool look_up(std::uint64_t mount_id) noexcept;

    std::mutex mutex_;
    std::unique_ptr<std::FILE, closer> file_;   // opened when it is needed first
    pid_t opened_by_ = 0;                       // after fork(2), the other process may have been told of a change
    std::array<entry, 16> known_{};
    std::size_t count_ = 0;                     // of all that were remembered; the oldest gives way
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/mount_table.ipp>
#endif

#endif
