// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_LANE_LINKS_IPP
#define ASIO_FS_IMPL_TREE_COPY_LANE_LINKS_IPP

#include <asio_fs/detail/tree/copy_lane.hpp>
#include <asio_fs/detail/tree/kind_at.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

// How a lane deals with an entry it meets, and how the names of one inode find each other again.

namespace asio_fs::detail {

ASIO_FS_DECL void copy_lane::copy(const entry_copier::item& entry, entry_type hint)
{
    if (context_.options.filter)
        hint = kind_at(entry.from_dir, entry.from, hint);
    if (!context_.monitor.wants([&] { return entry.dir.path_of(entry.from); }, hint, false))
        return;
    if (hint == entry_type::directory)
        return add_directory(entry);
    entry_copier::source from;
    if (!entries_.look(entry, hint, from))
        return;
    if (S_ISDIR(from.status.st_mode))
        return add_directory(entry);
    if (from.status.st_nlink < 2 || !context_.preserves(preserve_flags::links))
    {
        entries_.copy(entry, from);
        return;
    }

    // The name may be handed to another lane, and be done with, before meet() returns.
    entry.dir.pending.fetch_add(1, std::memory_order_relaxed);
    const auto take_back = [&] // not the last: the scan is going on
    { entry.dir.pending.fetch_sub(1, std::memory_order_relaxed); };
    link_groups::target target;
    link_groups::role role;
    try
    {
        role = context_.links.meet(id_of(from.status), from.status.st_nlink, &entry.dir, entry.from, target);
    }
    catch (...)
    {
        take_back();
        throw;
    }
    if (role == link_groups::role::wait)
        return;
    take_back();
    if (role == link_groups::role::copy)
        copy_first(entry, from);
    else
        link(entry, from, target);
}

ASIO_FS_DECL void copy_lane::add_directory(const entry_copier::item& entry)
{
    auto dir =
        std::make_unique<copy_dir>(&entry.dir, context_.directories.add_child(*entry.dir.from, entry.from));
    entry.dir.pending.fetch_add(1, std::memory_order_relaxed);
    context_.team.push(dir.release());
}

// In a dry run there may be no directory at the destination; any other will do then.
inline link_groups::target place_of(const copy_dir& dir, std::string name, bool kept)
{
    return {dir.to ? dir.to : dir.from, std::move(name), kept};
}

// Copies one name of an inode by `copy`, and links those that have waited for it. Returns whether it was copied.
template <class Copy>
bool copy_lane::lead(const copy_dir& dir, const char* name, const struct ::stat& status, Copy&& copy)
{
    std::vector<link_groups::waiter> waiting;
    link_groups::target target;
    try
    {
        if (copy() != entry_copier::outcome::done)
            return false;
        target = place_of(dir, name, entries_.kept());
        waiting = context_.links.copied(id_of(status), target);
    }
    catch (...)
    {
        context_.monitor.caught(std::current_exception());
        return false;
    }
    link_waiting(waiting, status, target);
    return true;
}

// If the first cannot be copied, the next one leads.
ASIO_FS_DECL void copy_lane::copy_first(const entry_copier::item& entry, entry_copier::source& from)
{
    const struct ::stat status = from.status;
    const file_id id = id_of(status);
    const entry_type type = entry_type_of(status.st_mode);
    const auto copy = [&]
    {
        const auto result = entries_.copy(entry, from);
        from.close();
        return result;
    };
    bool done = lead(entry.dir, entry.to, status, copy);
    link_groups::waiter next;
    while (!done && context_.links.failed(id, next))
    {
        done = lead(*next.dir, next.name.c_str(), status, [&] { return copy_waiting(next, type, &id); });
        release(next.dir);
    }
}

ASIO_FS_DECL void copy_lane::link(const entry_copier::item& entry, entry_copier::source& from,
                                  const link_groups::target& target)
{
    dir_pin first;
    if (const error_code error = context_.directories.pin(*target.dir, first))
        context_.monitor.fail(entry.dir.path_of(entry.from), "openat (destination)", error);
    else if (entries_.link(entry, from.status, first.fd(), target) != entry_copier::outcome::failed)
        return;
    // It was reported that the names are not linked; the content shall not be missing, too.
    entries_.copy(entry, from);
}

ASIO_FS_DECL void copy_lane::link_waiting(const std::vector<link_groups::waiter>& waiting,
                                          const struct ::stat& status, const link_groups::target& target)
{
    for (const link_groups::waiter& name : waiting)
    {
        try
        {
            if (!context_.monitor.stopping())
                link_waiting(name, status, target);
        }
        catch (...)
        {
            context_.monitor.caught(std::current_exception());
        }
        release(name.dir);
    }
}

ASIO_FS_DECL void copy_lane::link_waiting(const link_groups::waiter& name, const struct ::stat& status,
                                          const link_groups::target& target)
{
    dir_pin first, to;
    error_code error;
    if (name.dir->to)
    {
        error = context_.directories.pin(*target.dir, first);
        if (!error)
            error = context_.directories.pin(*name.dir->to, to);
    }
    if (error)
        context_.monitor.fail(name.dir->path_of(name.name.c_str()), "openat (destination)", error);
    const entry_copier::item entry{*name.dir, -1, to.fd(), name.name.c_str(), name.name.c_str()};
    if (error || entries_.link(entry, status, first.fd(), target) == entry_copier::outcome::failed)
        copy_waiting(name, entry_type_of(status.st_mode), nullptr);
}

// Copy a name that has waited. With `id` it must still be a name of that inode.
ASIO_FS_DECL entry_copier::outcome copy_lane::copy_waiting(const link_groups::waiter& name, entry_type type,
                                                           const file_id* id)
{
    using outcome = entry_copier::outcome;
    if (context_.monitor.stopping())
        return outcome::failed;
    dir_pin from_dir, to_dir;
    error_code error = context_.directories.pin(*name.dir->from, from_dir);
    if (!error && name.dir->to)
        error = context_.directories.pin(*name.dir->to, to_dir);
    if (error)
    {
        context_.monitor.fail(name.dir->path_of(name.name.c_str()), "openat", error);
        return outcome::failed;
    }
    const entry_copier::item entry{*name.dir, from_dir.fd(), to_dir.fd(), name.name.c_str(),
                                   name.name.c_str()};
    entry_copier::source from;
    if (!entries_.open(entry, type, from))
        return outcome::failed;
    if ((id && *id != id_of(from.status)) || S_ISDIR(from.status.st_mode))
    {
        context_.monitor.fail(name.dir->path_of(name.name.c_str()), "openat", errno_code(ESTALE));
        return outcome::failed;
    }
    return entries_.copy(entry, from);
}

} // namespace asio_fs::detail

#endif
