// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_LANE_DESTINATION_IPP
#define ASIO_FS_IMPL_TREE_COPY_LANE_DESTINATION_IPP

#include <asio_fs/detail/tree/copy_lane.hpp>

#include <string>

#include <unistd.h>

// How a directory of the destination comes to be.

namespace asio_fs::detail {

ASIO_FS_DECL bool copy_lane::open_destination(copy_dir& dir, const file_id& from, dir_pin& to)
{
    dir_cache& directories = context_.directories;
    if (dir.parent)
    {
        if (!dir.parent->to) // a dry run, where nothing is made
        {
            if (context_.options.existing_only)
                leave_out(dir);
            return !context_.options.existing_only;
        }
        dir_pin parent;
        if (const error_code error = directories.pin(*dir.parent->to, parent))
        {
            fail(dir, "openat (destination)", error);
            return false;
        }
        const std::string& name = dir.from->name();
        switch (make_directory(dir, parent.fd(), name.c_str()))
        {
        case place::ready:
            break;
        case place::absent:
            return true;
        case place::occupied:
            return false;
        }
        dir.to = directories.add_child(*dir.parent->to, name, true);
    }
    else if (!dir.to)
        return true;

    struct ::stat status;
    error_code error = directories.pin(*dir.to, to);
    if (!error && ::fstat(to.fd(), &status) != 0)
        error = last_error();
    if (error)
    {
        fail(dir, "openat (destination)", error);
        return false;
    }
    const file_id id = id_of(status);
    if (id == from || id == context_.from_root)
    {
        fail(dir, "copy into itself", errno_code(EINVAL));
        return false;
    }
    prepare_destination(dir, status, to.fd());
    return true;
}

// A new directory is its creator's alone until it is finished (see copy_context::directory_mode()).
ASIO_FS_DECL copy_lane::place copy_lane::make_directory(copy_dir& dir, int parent, const char* name)
{
    // Where the directory above was there before, this one most likely was, too.
    if (context_.options.dry_run || dir.parent->existed)
    {
        const place found = judge_existing(dir, parent, name);
        if (context_.options.dry_run || found != place::absent)
            return found;
    }
    const mode_t mode = context_.directory_mode(dir.wanted.mode);
    for (int look = 0; ::mkdirat(parent, name, mode) != 0; ++look)
    {
        if (errno != EEXIST || look == most_looks)
        {
            fail(dir, "mkdirat", last_error());
            return place::occupied;
        }
        const place found = judge_existing(dir, parent, name);
        if (found != place::absent)
            return found;
    }
    return place::ready;
}

ASIO_FS_DECL copy_lane::place copy_lane::judge_existing(copy_dir& dir, int parent, const char* name)
{
    struct ::stat existing;
    if (::fstatat(parent, name, &existing, AT_SYMLINK_NOFOLLOW) != 0)
    {
        if (errno != ENOENT)
            fail(dir, "fstatat", last_error());
        else if (context_.options.existing_only)
            leave_out(dir);
        else
            return place::absent;
        return place::occupied;
    }
    if (!dir.parent->existed)
    {
        // This copy made the parent, so it made the entry too: to the destination two names are the same.
        fail(dir, "mkdirat (names clash)", errno_code(EEXIST));
        return place::occupied;
    }
    if (S_ISDIR(existing.st_mode))
    {
        dir.existed = true;
        return place::ready;
    }
    const overwrite_policy policy = context_.options.overwrite;
    if (policy == overwrite_policy::never ||
        (policy == overwrite_policy::newer && !later(dir.wanted.modified, existing.st_mtim)))
    {
        counters_.skipped.add(1);
        context_.monitor.entry([&] { return dir.path_of(""); }, entry_type::directory,
                               copy_entry::action::up_to_date, 0);
        return place::occupied;
    }
    if (context_.options.dry_run)
        return place::absent;
    std::string_view step;
    const mode_t mode = context_.directory_mode(dir.wanted.mode);
    if (const error_code error = replace_by_directory(parent, name, mode, context_.backup_suffix, step))
    {
        fail(dir, step, error);
        return place::occupied;
    }
    return place::ready;
}

ASIO_FS_DECL void copy_lane::prepare_destination(copy_dir& dir, const struct ::stat& status, int fd)
{
    dir.to_device = status.st_dev;
    dir.before = attributes_of(status);
    if (context_.options.dry_run)
        return;
    const inode_handle handle{fd, is_path_only(fd)};
    const bool inherits = !dir.parent || dir.parent->inherits_acl;
    if (!dir.existed && inherits && context_.preserves(preserve_flags::acls))
        attribute_copier::drop_inherited_acls(handle, true);
    if (!dir.existed && (!inherits || context_.preserves(preserve_flags::acls)))
        return;
    dir.inherits_acl = handle.get_xattr("system.posix_acl_default", nullptr, 0) > 0;
    // Root needs no permission. Others give it to themselves; the mode is put right when the directory is
    // finished.
    constexpr mode_t needed = S_IRWXU;
    if (dir.existed && !context_.privileged && (status.st_mode & needed) != needed &&
        status.st_uid == ::geteuid())
        dir.opened_up = handle.chmod((status.st_mode & 07777) | needed) == 0;
}

} // namespace asio_fs::detail

#endif
