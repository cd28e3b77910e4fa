// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_CREATE_DIRECTORIES_JOB_IPP
#define ASIO_FS_IMPL_CREATE_DIRECTORIES_JOB_IPP

#include <asio_fs/detail/create_directories_job.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

namespace asio_fs::detail {

// Always from where the path starts: what the flags forbid depends on it.
ASIO_FS_DECL unique_fd create_directories_job::open(const std::string& path) const noexcept
{
    constexpr int flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    if (options_.resolve == resolve_flags::none)
        return unique_fd(uninterrupted([&] { return ::openat(where_.dirfd, path.c_str(), flags); }));
    struct ::open_how how = {};
    how.flags = flags;
    how.resolve = native(options_.resolve);
    return unique_fd(static_cast<int>(uninterrupted(
        [&] { return ::syscall(SYS_openat2, where_.dirfd, path.c_str(), &how, sizeof(how)); })));
}

ASIO_FS_DECL error_code create_directories_job::run(create_directories_report& report)
{
    const std::string& path = where_.path;
    if (open(path))
        return {};
    const auto fail = [&](std::string part, std::string_view step, const error_code& ec)
    {
        report.failure = {std::move(part), step, ec};
        return ec;
    };
    if (path.empty())
        return fail(path, "openat", last_error());
    // Something is missing, or in the way: found from the start, a part of the path at a time.
    unique_fd parent = open(path[0] == '/' ? "/" : ".");
    if (!parent)
        return fail(path[0] == '/' ? "/" : ".", "openat", last_error());
    for (std::size_t begin = path.find_first_not_of('/'); begin < path.size();)
    {
        if (stop_.stop_requested())
            return errno_code(ECANCELED);
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string part = path.substr(0, end);
        unique_fd next = open(part);
        if (!next && errno == ENOENT)
        {
            const std::string name = path.substr(begin, end - begin);
            const bool made = ::mkdirat(parent.get(), name.c_str(), options_.mode) == 0;
            // Another one may have made it in the meantime.
            if (!made && errno != EEXIST)
                return fail(part, "mkdirat", last_error());
            report.created += made;
            next = open(part);
            // A symbolic link that leads nowhere.
            if (!next && !made && errno == ENOENT)
                return fail(part, "mkdirat", errno_code(EEXIST));
        }
        if (!next)
            return fail(part, "openat", last_error());
        parent = std::move(next);
        begin = path.find_first_not_of('/', end);
    }
    return {};
}

} // namespace asio_fs::detail

#endif
