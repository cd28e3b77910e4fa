// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_FILE_JOB_IPP
#define ASIO_FS_IMPL_TREE_COPY_FILE_JOB_IPP

#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_file_job.hpp>
#include <asio_fs/detail/tree/copy_roots.hpp>
#include <asio_fs/detail/tree/entry_copier.hpp>

#include <cstdio>
#include <string>
#include <utility>

namespace asio_fs::detail {

ASIO_FS_DECL error_code copy_file_job::run(copy_report& report)
{
    copy_context context(options_, stop_);
    copy_roots roots(context, from_, to_);
    entry_copier::source from;
    unique_fd named;
    if (context.monitor.stopping() || !roots.open_source(true, named, from.status))
        return context.monitor.finish(report);
    if (!S_ISREG(from.status.st_mode))
    {
        context.monitor.fail({}, "openat", errno_code(S_ISDIR(from.status.st_mode) ? EISDIR : EINVAL));
        return context.monitor.finish(report);
    }
    // Now that it is known to be a file, opening it can neither wait nor do harm, and it cannot be another
    // one.
    char path[32];
    std::snprintf(path, sizeof path, "/proc/self/fd/%d", named.get());
    const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    from.fd.reset(::open(path, flags | O_NOATIME));
    if (!from.fd && errno == EPERM)
        from.fd.reset(::open(path, flags));
    // An open file may be one that nobody could open again. Its position, which looking for holes moves, is
    // the caller's.
    off_t position = -1;
    if (!from.fd && from_.path.empty())
    {
        from.fd.reset(::fcntl(named.get(), F_DUPFD_CLOEXEC, 0));
        position = ::lseek(named.get(), 0, SEEK_CUR);
    }
    std::string name;
    from.readable = true;
    if (!from.fd)
        context.monitor.fail({}, "openat", last_error());
    else if (const auto holder = roots.open_holders(std::move(named), name))
    {
        dir_pin to;
        context.directories.pin(*holder->to, to);
        lane_counters& counters = context.monitor.add_lane();
        attribute_copier attributes(options_.preserve, context.privileged, context.umask);
        const int in = from.fd.get();
        entry_copier(context, counters, attributes).copy({*holder, -1, to.fd(), "", name.c_str()}, from);
        roots.sync(*holder);
        if (position >= 0)
            ::lseek(in, position, SEEK_SET);
    }
    return context.monitor.finish(report);
}

} // namespace asio_fs::detail

#endif
