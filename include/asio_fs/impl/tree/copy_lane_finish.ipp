// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_LANE_FINISH_IPP
#define ASIO_FS_IMPL_TREE_COPY_LANE_FINISH_IPP

#include <asio_fs/detail/tree/copy_lane.hpp>
#include <asio_fs/detail/tree/sync_directory.hpp>

// What is done to a directory when everything in it is finished.

namespace asio_fs::detail {

// Failures are added to errors_. Returns what differed at the destination.
ASIO_FS_DECL copy_changes copy_lane::complete(const copy_dir& dir)
{
    const copy_options& options = context_.options;
    attributes_.unload();
    if (options.dry_run && !dir.to)
        return copy_changes::created;
    dir_pin from, to;
    struct ::stat status;
    error_code error = context_.directories.pin(*dir.from, from);
    if (error)
        errors_.add("openat", error);
    error = context_.directories.pin(*dir.to, to);
    if (!error && ::fstat(to.fd(), &status) != 0)
        error = last_error();
    if (error)
    {
        errors_.add("openat (destination)", error);
        return copy_changes::none;
    }
    const inode_handle in{from.fd(), false};
    const inode_handle out{to.fd(), is_path_only(to.fd())};
    if (from)
    {
        extraneous_.remove(dir, from.fd(), to.fd());
        attributes_.load(in, dir.from_device, errors_);
    }
    copy_changes changes = copy_changes::created;
    if (dir.existed && options.on_entry)
        changes = attribute_changes(dir.wanted, dir.before, options.preserve, context_.me) |
                  attributes_.differences(in, out, dir.to_device);
    if (options.dry_run)
        return changes;
    // Removing entries changes the time of the modification.
    if (options.remove_extraneous && ::fstat(to.fd(), &status) != 0)
        errors_.add("fstat (destination)", errno);
    auto have = attribute_copier::current::of(status);
    have.existed = dir.existed;
    attributes_.apply(in, out, dir.wanted, have, errors_);
    if (dir.existed && !context_.preserves(preserve_flags::mode) && status.st_mode != dir.before.mode)
        out.chmod(dir.before.mode & 07777);
    sync(dir, to.fd());
    return changes;
}

// A copy that ends early leaves no directory more open than it was.
ASIO_FS_DECL void copy_lane::restore_mode(const copy_dir& dir)
{
    dir_pin to;
    struct ::stat status;
    if (dir.opened_up && !context_.directories.pin(*dir.to, to) && ::fstat(to.fd(), &status) == 0 &&
        status.st_mode != dir.before.mode)
        inode_handle(to.fd(), is_path_only(to.fd())).chmod(dir.before.mode & 07777);
}

ASIO_FS_DECL void copy_lane::sync(const copy_dir& dir, int fd)
{
    if (context_.options.sync != sync_policy::everything)
        return;
    if (const error_code error = sync_directory(fd))
        errors_.add("fsync", error);
    if (dir.parent || dir.existed)
        return;
    if (const error_code error = sync_directory(fd, ".."))
        errors_.add("fsync (directory above)", error);
}

// Directories of other file systems are copied empty, if that is wanted.
ASIO_FS_DECL bool copy_lane::is_entered(const copy_dir& dir) const
{
    return !context_.options.one_file_system || dir.from_device == context_.from_root.dev;
}

ASIO_FS_DECL void copy_lane::leave_out(const copy_dir& dir)
{
    counters_.skipped.add(1);
    context_.monitor.entry([&] { return dir.path_of(""); }, entry_type::directory,
                           copy_entry::action::left_out, 0);
}

} // namespace asio_fs::detail

#endif
