// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_LANE_HPP
#define ASIO_FS_DETAIL_TREE_COPY_LANE_HPP

#include <asio_fs/detail/tree/attribute_copier.hpp>
#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_dir.hpp>
#include <asio_fs/detail/tree/dir_reader.hpp>
#include <asio_fs/detail/tree/entry_copier.hpp>
#include <asio_fs/detail/tree/extraneous_remover.hpp>

#include <vector>

namespace asio_fs::detail {

/// One of the threads of a copy: takes directories from the team and copies what is in them.
class copy_lane
{
public:
    ASIO_FS_DECL explicit copy_lane(copy_context& context);

    /// Work until the team has nothing left.
    ASIO_FS_DECL void run();

    /// Copy an entry that has no directory of its own in this copy: a root that is not a directory.
    ASIO_FS_DECL void copy_root(const entry_copier::item& entry, entry_type hint);

private:
    /// What there is at the destination for a directory.
    enum class place : unsigned char
    {
        ready,   ///< a directory
        absent,  ///< nothing, or what would be replaced but for a dry run
        occupied ///< something that stays; whatever is to be said about it was said
    };

    ASIO_FS_DECL bool scan(copy_dir& dir);
    ASIO_FS_DECL bool is_entered(const copy_dir& dir) const;
    ASIO_FS_DECL bool open(copy_dir& dir, dir_pin& from, dir_pin& to);
    ASIO_FS_DECL bool open_destination(copy_dir& dir, const file_id& from, dir_pin& to);
    ASIO_FS_DECL place make_directory(copy_dir& dir, int parent, const char* name);
    ASIO_FS_DECL place judge_existing(copy_dir& dir, int parent, const char* name);
    ASIO_FS_DECL void prepare_destination(copy_dir& dir, const struct ::stat& status, int fd);
    ASIO_FS_DECL void release(copy_dir* dir);
    ASIO_FS_DECL void finish(copy_dir& dir);
    ASIO_FS_DECL copy_changes complete(const copy_dir& dir);
    ASIO_FS_DECL void restore_mode(const copy_dir& dir);
    ASIO_FS_DECL void sync(const copy_dir& dir, int fd);
    ASIO_FS_DECL void leave_out(const copy_dir& dir);
    ASIO_FS_DECL void fail(const copy_dir& dir, std::string_view step, error_code code);

    ASIO_FS_DECL void copy(const entry_copier::item& entry, entry_type hint);
    ASIO_FS_DECL void add_directory(const entry_copier::item& entry);
    template <class Copy>
    bool lead(const copy_dir& dir, const char* name, const struct ::stat& status, Copy&& copy);
    ASIO_FS_DECL void copy_first(const entry_copier::item& entry, entry_copier::source& from);
    ASIO_FS_DECL void link(const entry_copier::item& entry, entry_copier::source& from,
                           const link_groups::target& target);
    ASIO_FS_DECL void link_waiting(const std::vector<link_groups::waiter>& waiting,
                                   const struct ::stat& status, const link_groups::target& target);
    ASIO_FS_DECL void link_waiting(const link_groups::waiter& name, const struct ::stat& status,
                                   const link_groups::target& target);
    ASIO_FS_DECL entry_copier::outcome copy_waiting(const link_groups::waiter& name, entry_type type,
                                                    const file_id* id);

    copy_context& context_;
    lane_counters& counters_;
    attribute_copier attributes_;
    entry_copier entries_;
    extraneous_remover extraneous_;
    dir_reader reader_;
    step_errors errors_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/copy_lane.ipp>
#include <asio_fs/impl/tree/copy_lane_destination.ipp>
#include <asio_fs/impl/tree/copy_lane_finish.ipp>
#include <asio_fs/impl/tree/copy_lane_links.ipp>
#endif

#endif
