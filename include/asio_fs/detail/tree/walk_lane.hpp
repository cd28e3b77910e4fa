// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_WALK_LANE_HPP
#define ASIO_FS_DETAIL_TREE_WALK_LANE_HPP

#include <asio_fs/detail/tree/dir_reader.hpp>
#include <asio_fs/detail/tree/walk_batch.hpp>
#include <asio_fs/detail/tree/walk_core.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace asio_fs::detail {

/// One of the threads of a walk: lists directories into batches.
class walk_lane
{
public:
    explicit walk_lane(walk_core& core) : core_(core), batch_(core.options) {}
    walk_lane(const walk_lane&) = delete;
    walk_lane& operator=(const walk_lane&) = delete;

    /// Leave what is not listed to other lanes.
    ASIO_FS_DECL ~walk_lane();

    /// Make one batch.
    /// @param wait  Whether to wait until there is a directory to be listed.
    /// @return false if there was none.
    ASIO_FS_DECL bool make_batch(bool wait);

private:
    ASIO_FS_DECL void put_off();
    ASIO_FS_DECL void rest();
    ASIO_FS_DECL void fill();
    ASIO_FS_DECL bool next_directory();
    ASIO_FS_DECL void open(walk_directory* dir);
    ASIO_FS_DECL void close();
    ASIO_FS_DECL void add(const dir_reader::entry& entry);
    ASIO_FS_DECL void fail(std::string_view step, error_code code);

    walk_core& core_;
    walk_batch batch_;
    dir_reader reader_;
    dir_pin pin_;
    walk_directory* current_ = nullptr;
    std::vector<walk_directory*> found_; // named in this batch or the one before, and not listed yet
    dir_node_ptr last_;                  // the directory that was listed last
    std::string path_;                   // its path, with a slash at its end
    bool busy_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/walk_lane.ipp>
#endif

#endif
