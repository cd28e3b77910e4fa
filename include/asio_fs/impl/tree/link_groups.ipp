// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_LINK_GROUPS_IPP
#define ASIO_FS_IMPL_TREE_LINK_GROUPS_IPP

#include <asio_fs/detail/tree/link_groups.hpp>

#include <utility>

namespace asio_fs::detail {

ASIO_FS_DECL link_groups::role link_groups::meet(const file_id& id, std::uint64_t names, copy_dir* dir,
                                                 const char* name, target& to)
{
    const std::lock_guard lock(mutex_);
    const auto at = groups_.try_emplace(id).first;
    record& group = at->second;
    ++group.seen;
    group.names = names;
    if (group.copying)
    {
        group.waiting.push_back({dir, name});
        return role::wait;
    }
    if (!group.where.dir)
    {
        group.copying = true;
        return role::copy;
    }
    to = group.where;
    if (group.seen >= group.names)
        groups_.erase(at);
    return role::link;
}

ASIO_FS_DECL std::vector<link_groups::waiter> link_groups::copied(const file_id& id, target where)
{
    const std::lock_guard lock(mutex_);
    const auto at = groups_.find(id);
    record& group = at->second;
    std::vector<waiter> waiting = std::move(group.waiting);
    group.waiting.clear();
    group.copying = false;
    if (group.seen >= group.names)
        groups_.erase(at);
    else
        group.where = std::move(where);
    return waiting;
}

ASIO_FS_DECL bool link_groups::failed(const file_id& id, waiter& next)
{
    const std::lock_guard lock(mutex_);
    const auto at = groups_.find(id);
    record& group = at->second;
    if (!group.waiting.empty())
    {
        next = std::move(group.waiting.back());
        group.waiting.pop_back();
        return true;
    }
    group.copying = false;
    if (group.seen >= group.names)
        groups_.erase(at);
    return false;
}

ASIO_FS_DECL bool link_groups::claim(const file_id& existing)
{
    const std::lock_guard lock(mutex_);
    return claimed_.insert(existing).second;
}

ASIO_FS_DECL std::size_t link_groups::size() const
{
    const std::lock_guard lock(mutex_);
    return groups_.size();
}

} // namespace asio_fs::detail

#endif
