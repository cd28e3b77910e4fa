// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_TREE_JOB_IPP
#define ASIO_FS_IMPL_TREE_COPY_TREE_JOB_IPP

#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_lane.hpp>
#include <asio_fs/detail/tree/copy_roots.hpp>
#include <asio_fs/detail/tree/copy_tree_job.hpp>

#include <memory>
#include <string>
#include <utility>

namespace asio_fs::detail {

ASIO_FS_DECL error_code copy_tree_job::run(copy_report& report)
{
    copy_context context(options_, stop_);
    copy_roots roots(context, from_, to_);
    unique_fd from;
    struct ::stat status;
    if (context.monitor.stopping() || !roots.open_source(false, from, status))
        return context.monitor.finish(report);

    if (S_ISDIR(status.st_mode))
    {
        from.reset();
        if (auto root = roots.open_directories(status))
        {
            copy_lane lane(context);
            context.team.run(
                root.release(), [&] { lane.run(); }, [&] { copy_lane(context).run(); });
        }
        return context.monitor.finish(report);
    }

    split_path parts = split(from_.path);
    unique_fd parent{open_location({from_.dirfd, std::move(parts.parent)}, O_PATH | O_DIRECTORY)};
    if (!parent)
        context.monitor.fail({}, "openat", last_error());
    std::string name;
    if (const auto holder = parent ? roots.open_holders(std::move(parent), name) : nullptr)
    {
        dir_pin from_dir, to_dir;
        context.directories.pin(*holder->from, from_dir);
        context.directories.pin(*holder->to, to_dir);
        copy_lane(context).copy_root({*holder, from_dir.fd(), to_dir.fd(), parts.name.c_str(), name.c_str()},
                                     entry_type_of(status.st_mode));
        roots.sync(*holder);
    }
    return context.monitor.finish(report);
}

} // namespace asio_fs::detail

#endif
