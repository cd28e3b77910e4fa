// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_REMOVE_LANE_IPP
#define ASIO_FS_IMPL_TREE_REMOVE_LANE_IPP

#include <asio_fs/detail/tree/kind_at.hpp>
#include <asio_fs/detail/tree/remove_lane.hpp>

#include <memory>
#include <utility>

#include <unistd.h>

namespace asio_fs::detail {

// With more directories waiting the scans that find them pause.
inline constexpr std::size_t most_removals_waiting = 1024;

// How often a directory is read again that is not empty although everything found in it is gone: some file
// systems skip entries while others are removed, and someone may be adding entries.
inline constexpr unsigned most_scans = 8;

ASIO_FS_DECL void remove_lane::run()
{
    while (remove_dir* const dir = context_.team.pop())
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

ASIO_FS_DECL bool remove_lane::scan(remove_dir& dir)
{
    if (context_.monitor.stopping())
        return true;
    dir_pin pin;
    dir.unreadable = context_.directories.pin(*dir.node, pin);
    if (dir.unreadable)
        return true;
    if (!is_entered(dir, pin.fd()))
        return true;
    error_code error = reader_.start(pin.fd(), dir.position);
    while (!error)
    {
        error = reader_.fill();
        if (error || reader_.at_end())
            break;
        dir_reader::entry entry;
        while (reader_.next(entry))
        {
            if (context_.monitor.stopping())
                return true;
            if (!is_wanted(dir, pin.fd(), entry.name, entry.type) ||
                remove_entry(&dir, pin.fd(), entry.name, entry.type))
                continue;
            auto child =
                std::make_unique<remove_dir>(&dir, context_.directories.add_child(*dir.node, entry.name));
            dir.pending.fetch_add(1, std::memory_order_relaxed);
            context_.team.push(child.release());
        }
        if (context_.team.waiting() > most_removals_waiting)
        {
            dir.position = reader_.position();
            return false;
        }
    }
    if (error)
        fail(&dir, dir.node->path(), "getdents64", error);
    ++dir.scans;
    return true;
}

ASIO_FS_DECL bool remove_lane::is_entered(remove_dir& dir, int fd)
{
    if (!context_.options.one_file_system)
        return true;
    struct ::stat status;
    if (::fstat(fd, &status) != 0)
    {
        fail(&dir, dir.node->path(), "fstat", last_error());
        return false;
    }
    if (status.st_dev == context_.device)
        return true;
    dir.incomplete.store(true, std::memory_order_relaxed);
    return false;
}

ASIO_FS_DECL bool remove_lane::is_wanted(remove_dir& in, int dir, const char* name, entry_type type)
{
    if (!context_.options.filter)
        return true;
    bool wanted = false;
    type = kind_at(dir, name, type);
    context_.monitor.call([&] { wanted = context_.options.filter(in.node->path(name), type); });
    if (!wanted)
        in.incomplete.store(true, std::memory_order_relaxed);
    return wanted;
}

ASIO_FS_DECL bool remove_lane::remove_entry(remove_dir* in, int dir, const char* name, entry_type type)
{
    if (type == entry_type::directory)
        return false;
    const auto path = [&] { return in ? in->node->path(name) : std::string(); };
    if (context_.options.dry_run)
    {
        struct ::stat status;
        if (type == entry_type::unknown && ::fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISDIR(status.st_mode))
            return false;
    }
    else if (::unlinkat(dir, name, 0) != 0)
    {
        if (errno == EISDIR)
            return false;
        if (errno != ENOENT)
            fail(in, path(), "unlinkat", last_error());
        return true;
    }
    ++files_;
    if (context_.options.on_entry)
        context_.monitor.call([&, name = path()] { context_.options.on_entry(name, type); });
    return true;
}

ASIO_FS_DECL void remove_lane::release(remove_dir* dir)
{
    // A loop and not recursion: removing the last of 20,000 levels removes all of them.
    while (dir && dir->pending.fetch_sub(1, std::memory_order_acq_rel) == 1)
    {
        bool done = true;
        try
        {
            done = finish(*dir);
        }
        catch (...)
        {
            context_.monitor.caught(std::current_exception());
        }
        if (!done)
            return;
        remove_dir* const parent = dir->parent;
        if (parent && dir->incomplete.load(std::memory_order_relaxed))
            parent->incomplete.store(true, std::memory_order_relaxed);
        delete dir;
        dir = parent;
    }
}

// Returns false if the directory is to be scanned once more.
ASIO_FS_DECL bool remove_lane::finish(remove_dir& dir)
{
    if (context_.monitor.stopping())
        return true;
    context_.directories.retire(*dir.node);
    if (dir.incomplete.load(std::memory_order_relaxed))
        return true;
    const int failure = context_.options.dry_run ? dir.unreadable.value() : remove_directory(dir);
    if (failure == ENOTEMPTY && !dir.unreadable && dir.scans < most_scans)
    {
        dir.position = 0;
        dir.pending.store(1, std::memory_order_relaxed);
        context_.team.push(&dir);
        return false;
    }
    if (failure != 0 && failure != ENOENT)
    {
        if (dir.unreadable)
            fail(&dir, dir.node->path(), "openat", dir.unreadable);
        else
            fail(&dir, dir.node->path(), "unlinkat", errno_code(failure));
        return true;
    }
    context_.removed_directories.fetch_add(1, std::memory_order_relaxed);
    if (context_.options.on_entry)
        context_.monitor.call([&] { context_.options.on_entry(dir.node->path(), entry_type::directory); });
    return true;
}

ASIO_FS_DECL int remove_lane::remove_directory(remove_dir& dir)
{
    dir_pin pin;
    int in = context_.root_parent;
    const char* name = context_.root_name.c_str();
    if (dir.parent)
    {
        if (const error_code error = context_.directories.pin(*dir.parent->node, pin))
            return error.value();
        in = pin.fd();
        name = dir.node->name().c_str();
    }
    if (::unlinkat(in, name, AT_REMOVEDIR) == 0)
        return 0;
    // Something else has taken the name meanwhile. It lies in the tree, so it goes; what it leads to stays.
    if (errno == ENOTDIR && (dir.unreadable == errno_code(ENOTDIR) || dir.unreadable == errno_code(ELOOP)))
        return ::unlinkat(in, name, 0) == 0 ? 0 : errno;
    return errno;
}

ASIO_FS_DECL void remove_lane::fail(remove_dir* in, std::string path, std::string_view step, error_code code)
{
    if (in)
        in->incomplete.store(true, std::memory_order_relaxed);
    context_.monitor.fail(std::move(path), step, code);
}

} // namespace asio_fs::detail

#endif
