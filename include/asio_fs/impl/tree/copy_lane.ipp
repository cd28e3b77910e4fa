// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_LANE_IPP
#define ASIO_FS_IMPL_TREE_COPY_LANE_IPP

#include <asio_fs/detail/tree/copy_lane.hpp>

#include <string>
#include <utility>

#include <unistd.h>

namespace asio_fs::detail {

// How many directories may wait. With more of them the scans that find them pause, so that a directory with a
// million subdirectories does not have all of them in memory.
inline constexpr std::size_t most_waiting = 1024;

ASIO_FS_DECL copy_lane::copy_lane(copy_context& context)
    : context_(context), counters_(context.monitor.add_lane()),
      attributes_(context.options.preserve, context.privileged, context.umask),
      entries_(context, counters_, attributes_, &extraneous_), extraneous_(context, counters_)
{}

ASIO_FS_DECL void copy_lane::run()
{
    while (copy_dir* const dir = context_.team.pop())
    {
        bool done = true;
        try
        {
            done = scan(*dir);
        }
        catch (...)
        {
            context_.monitor.caught(std::current_exception());
        }
        if (done)
            release(dir);
        else
            context_.team.put_off(dir);
    }
}

ASIO_FS_DECL void copy_lane::copy_root(const entry_copier::item& entry, entry_type hint)
{
    entry_copier::source from;
    if (context_.monitor.stopping() || !entries_.open(entry, hint, from))
        return;
    if (S_ISDIR(from.status.st_mode))
        fail(entry.dir, "openat", errno_code(EISDIR));
    else
        entries_.copy(entry, from);
}

// Returns false if the scan is to be continued later.
ASIO_FS_DECL bool copy_lane::scan(copy_dir& dir)
{
    if (context_.monitor.stopping())
        return true;
    dir_pin from, to;
    if (!open(dir, from, to) || !is_entered(dir))
        return true;
    error_code error = reader_.start(from.fd(), dir.position);
    const char* step = "lseek";
    while (!error)
    {
        step = "getdents64";
        error = reader_.fill();
        if (error || reader_.at_end())
            break;
        dir_reader::entry entry;
        while (reader_.next(entry))
        {
            if (context_.monitor.stopping())
                return true;
            copy({dir, from.fd(), to.fd(), entry.name, entry.name}, entry.type);
            const bool may_wait = entry.type == entry_type::directory || entry.type == entry_type::unknown;
            if (may_wait && context_.team.waiting() > most_waiting)
            {
                dir.position = reader_.position();
                return false;
            }
        }
    }
    if (error == errno_code(ENOENT))
        counters_.vanished.add(1);
    if (error)
        fail(dir, step, error);
    dir.scanned = !error;
    return true;
}

ASIO_FS_DECL bool copy_lane::open(copy_dir& dir, dir_pin& from, dir_pin& to)
{
    dir_cache& directories = context_.directories;
    if (const error_code error = directories.pin(*dir.from, from))
    {
        if (error == errno_code(ENOENT))
            counters_.vanished.add(1);
        fail(dir, "openat", error);
        return false;
    }
    if (dir.opened) // by a scan that was put off
    {
        const error_code error = dir.to ? directories.pin(*dir.to, to) : error_code{};
        if (error)
            fail(dir, "openat (destination)", error);
        return !error;
    }
    struct ::stat status;
    if (::fstat(from.fd(), &status) != 0)
    {
        fail(dir, "fstat", last_error());
        return false;
    }
    dir.wanted = attributes_of(status);
    dir.from_device = status.st_dev;
    const file_id id = id_of(status);
    if (id == context_.to_root && is_entered(dir))
    {
        fail(dir, "copy into itself", errno_code(EINVAL));
        return false;
    }
    dir.opened = open_destination(dir, id, to);
    return dir.opened;
}

ASIO_FS_DECL void copy_lane::release(copy_dir* dir)
{
    // A loop and not recursion: finishing the last of 20,000 levels finishes all of them.
    while (dir && dir->pending.fetch_sub(1, std::memory_order_acq_rel) == 1)
    {
        try
        {
            finish(*dir);
        }
        catch (...)
        {
            context_.monitor.caught(std::current_exception());
        }
        copy_dir* const parent = dir->parent;
        delete dir;
        dir = parent;
    }
}

ASIO_FS_DECL void copy_lane::finish(copy_dir& dir)
{
    const auto path = [&] { return dir.path_of(""); };
    if (!dir.opened)
        return;
    if (context_.monitor.stopping())
        return restore_mode(dir);
    errors_.clear();
    const copy_changes changes = complete(dir);
    for (const auto& [step, code] : errors_)
        fail(dir, step, code);
    errors_.clear();
    counters_.directories.add(1);
    context_.monitor.entry(path, entry_type::directory, copy_entry::action::copied, 0, changes);
    context_.monitor.tick(path);
    context_.directories.retire(*dir.from);
    if (dir.to)
        context_.directories.retire(*dir.to);
}

ASIO_FS_DECL void copy_lane::fail(const copy_dir& dir, std::string_view step, error_code code)
{
    context_.monitor.fail(dir.path_of(""), step, code);
}

} // namespace asio_fs::detail

#endif
