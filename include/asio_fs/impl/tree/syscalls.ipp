// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_SYSCALLS_IPP
#define ASIO_FS_IMPL_TREE_SYSCALLS_IPP

#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/unique_fd.hpp>

#include <algorithm>
#include <string_view>

#include <sched.h>

namespace asio_fs::detail {

// umask(2) can only be read by setting it, which other threads would notice.
ASIO_FS_DECL mode_t current_umask()
{
    const unique_fd file{::open("/proc/self/status", O_RDONLY | O_CLOEXEC)};
    char text[4096];
    const ssize_t n = file ? ::read(file.get(), text, sizeof text) : -1;
    const std::string_view status{text, n > 0 ? static_cast<std::size_t>(n) : 0};
    constexpr std::string_view key = "\nUmask:";
    auto at = status.find(key);
    if (at == status.npos)
        return 0777;
    mode_t mask = 0;
    for (at = status.find_first_of("01234567", at + key.size());
         at < status.size() && status[at] >= '0' && status[at] <= '7'; ++at)
        mask = mask * 8 + static_cast<mode_t>(status[at] - '0');
    return mask;
}

ASIO_FS_DECL unsigned lane_count(unsigned asked)
{
    if (asked != 0)
        return asked;
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    // Metadata work stops scaling long before this; a large machine has better use for its CPUs.
    return std::clamp(static_cast<unsigned>(CPU_COUNT(&set)), 1u, 16u);
}

ASIO_FS_DECL split_path split(const std::string& path)
{
    const auto last = path.find_last_not_of('/');
    if (last == path.npos)
        return {path.empty() ? "" : "/", ""};
    const auto slash = path.find_last_of('/', last);
    if (slash == path.npos)
        return {"", path.substr(0, last + 1)};
    return {path.substr(0, slash + 1), path.substr(slash + 1, last - slash)};
}

} // namespace asio_fs::detail

#endif
