// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_REMOVE_TREE_JOB_IPP
#define ASIO_FS_IMPL_TREE_REMOVE_TREE_JOB_IPP

#include <asio_fs/detail/tree/copy_roots.hpp>
#include <asio_fs/detail/tree/remove_lane.hpp>
#include <asio_fs/detail/tree/remove_tree_job.hpp>
#include <asio_fs/detail/tree/useful_lanes.hpp>

#include <memory>
#include <utility>

namespace asio_fs::detail {

// Remove the root or begin to. Returns what went wrong with the root itself.
inline error_code remove_root(remove_context& context, const location& root)
{
    split_path parts = split(root.path);
    if (parts.name.empty() || parts.name == "." || parts.name == "..")
        return errno_code(EINVAL);
    const unique_fd parent{open_location({root.dirfd, std::move(parts.parent)}, O_PATH | O_DIRECTORY)};
    struct ::stat status, top;
    if (!parent || ::fstatat(parent.get(), parts.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return last_error();
    context.root_parent = parent.get();
    context.root_name = std::move(parts.name);
    const char* const name = context.root_name.c_str();

    remove_lane lane(context);
    if (!S_ISDIR(status.st_mode))
    {
        // With a slash at its end the path means a directory, and what a symbolic link leads to is not
        // removed.
        if (root.path.back() == '/')
            return errno_code(ENOTDIR);
        lane.remove_entry(nullptr, parent.get(), name, entry_type_of(status.st_mode));
        return {};
    }
    if (::stat("/", &top) == 0 && id_of(top) == id_of(status))
        return errno_code(EINVAL);
    unique_fd directory{::openat(parent.get(), name, directory_flags)};
    if (!directory)
    {
        // An empty directory goes even if it must not be read.
        const error_code unreadable = last_error();
        if (context.options.dry_run || ::unlinkat(parent.get(), name, AT_REMOVEDIR) != 0)
            return unreadable;
        context.removed_directories.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    struct ::stat opened;
    if (::fstat(directory.get(), &opened) != 0)
        return last_error();
    context.device = opened.st_dev;
    if (context.options.workers == 0)
        context.team.limit(useful_lanes(directory.get(), tree_work::removing));
    error_code error;
    auto dir =
        std::make_unique<remove_dir>(nullptr, context.directories.add_root(std::move(directory), error));
    if (error)
        return error;
    context.team.run(
        dir.release(), [&] { lane.run(); }, [&] { remove_lane(context).run(); });
    return {};
}

ASIO_FS_DECL error_code remove_tree_job::run(remove_report& report)
{
    remove_context context(options_, stop_);
    if (!context.monitor.stopping())
    {
        if (const error_code error = remove_root(context, root_))
            context.monitor.fail({}, "openat", error);
    }
    report = {};
    const error_code result = context.monitor.outcome(report.failures);
    report.directories = context.removed_directories.load(std::memory_order_relaxed);
    report.files = context.removed_files.load(std::memory_order_relaxed);
    report.errors = context.monitor.errors();
    return result;
}

} // namespace asio_fs::detail

#endif
