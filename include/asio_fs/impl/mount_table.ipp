// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_MOUNT_TABLE_IPP
#define ASIO_FS_IMPL_MOUNT_TABLE_IPP

#include <asio_fs/detail/mount_table.hpp>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cinttypes>
#include <cstring>

namespace asio_fs::detail {

bool mount_table::is_fuse(std::uint64_t mount_id) noexcept
{
    const std::lock_guard lock(mutex_);
    forget_what_changed();
    const auto end = known_.begin() + static_cast<std::ptrdiff_t>(std::min(count_, known_.size()));
    const auto found =
        std::find_if(known_.begin(), end, [&](const entry& e) { return e.mount_id == mount_id; });
    if (found != end)
        return found->fuse;
    const bool fuse = look_up(mount_id);
    known_[count_++ % known_.size()] = {mount_id, fuse};
    return fuse;
}

void mount_table::forget_what_changed() noexcept
{
    if (file_ && opened_by_ == ::getpid())
    {
        ::pollfd changes{::fileno(file_.get()), POLLPRI, 0};
        if (::poll(&changes, 1, 0) == 0)
            return;
    }
    // Opened again, because what the stream has in its buffer is old.
    file_.reset(std::fopen("/proc/self/mountinfo", "re"));
    opened_by_ = ::getpid();
    count_ = 0;
}

bool mount_table::look_up(std::uint64_t mount_id) noexcept
{
    if (!file_)
        return true;
    std::rewind(file_.get());
    char line[4096];
    bool whole = true;   // not the continuation of a long line
    while (std::fgets(line, sizeof(line), file_.get()))
    {
        std::uint64_t number = 0;
        const bool begins = whole;
        whole = std::strchr(line, '\n') != nullptr;
        if (!begins || std::sscanf(line, "%" SCNu64, &number) != 1 || number != mount_id)
            continue;
        const char* type = std::strstr(line, " - ");
        return !type || std::strncmp(type + 3, "fuse", 4) == 0 || std::strncmp(type + 3, "virtiofs", 8) == 0;
    }
    return true;
}

} // namespace asio_fs::detail

#endif
