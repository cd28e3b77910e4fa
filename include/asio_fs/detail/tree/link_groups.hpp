// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_LINK_GROUPS_HPP
#define ASIO_FS_DETAIL_TREE_LINK_GROUPS_HPP

#include <asio_fs/detail/tree/dir_node.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace asio_fs::detail {

struct copy_dir;

/// Bring the names of one inode together while lanes meet them in any order.
///
/// The lane that meets the first name copies it; names met meanwhile wait and are handed to that lane when it
/// has finished, and names met later are told where to link to. A group is forgotten when all names its inode
/// has were seen, so memory is needed only for groups that are incomplete. Safe for concurrent use.
class link_groups
{
public:
    /// A name that waits for the first one to be copied.
    struct waiter
    {
        copy_dir* dir;
        std::string name;
    };

    /// Where the first name is at the destination.
    struct target
    {
        dir_node_ptr dir;
        std::string name;
        bool kept = false; ///< it was there before
    };

    /// What a lane has to do with the name it met.
    enum class role : unsigned char
    {
        copy, ///< copy it, then call copied() or failed()
        link, ///< link it to the target
        wait  ///< nothing: another lane will
    };

    /// A name of the inode `id`, which has `names` names, was met.
    ASIO_FS_DECL role meet(const file_id& id, std::uint64_t names, copy_dir* dir, const char* name,
                           target& to);

    /// The name that was to be copied exists at `where` now. Returns the names to be linked to it.
    ASIO_FS_DECL std::vector<waiter> copied(const file_id& id, target where);

    /// The name that was to be copied does not exist. Returns true if `next` has to be copied in its place;
    /// otherwise the next name that is met will be.
    ASIO_FS_DECL bool failed(const file_id& id, waiter& next);

    /// Say that an inode that was found at the destination stays and stands for one inode of the source.
    /// Returns false if it does so for another one already.
    ASIO_FS_DECL bool claim(const file_id& existing);

    /// The number of groups that are remembered.
    ASIO_FS_DECL std::size_t size() const;

private:
    struct record
    {
        std::uint64_t seen = 0;
        std::uint64_t names = 0;
        bool copying = false;
        target where;
        std::vector<waiter> waiting;
    };

    mutable std::mutex mutex_;
    std::map<file_id, record> groups_;
    std::set<file_id> claimed_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/link_groups.ipp>
#endif

#endif
