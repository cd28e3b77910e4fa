// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_ROOTS_HPP
#define ASIO_FS_DETAIL_TREE_COPY_ROOTS_HPP

#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_dir.hpp>
#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/unique_fd.hpp>

#include <memory>

namespace asio_fs::detail {

/// Open what a copy begins with. Failures are reported to the monitor of the context.
class copy_roots
{
public:
    copy_roots(copy_context& context, const location& from, const location& to)
        : context_(context), from_(from), to_(to)
    {}

    /// Open the root of the source, whatever it is, without reading it.
    /// @param follow  Whether a symbolic link is followed.
    ASIO_FS_DECL bool open_source(bool follow, unique_fd& fd, struct ::stat& status);

    /// Open a source that is a directory and a destination for it, which is made if it is missing.
    ASIO_FS_DECL std::unique_ptr<copy_dir> open_directories(const struct ::stat& status);

    /// Open the directory that holds, or will hold, a destination that is not a directory.
    /// @param source_parent  The directory that holds the source.
    /// @param name  The last component of the destination.
    ASIO_FS_DECL std::unique_ptr<copy_dir> open_holders(unique_fd source_parent, std::string& name);

    /// Bring the directory that open_holders() opened to stable storage, if that is wanted.
    ASIO_FS_DECL void sync(const copy_dir& holder);

private:
    ASIO_FS_DECL bool lies_within(int directory, const file_id& ancestor) const;
    ASIO_FS_DECL bool open_destination(const struct ::stat& source, unique_fd& fd, bool& existed);
    ASIO_FS_DECL int open_parent(const location& place, std::string& name);
    ASIO_FS_DECL bool fail(std::string_view step, int error);

    copy_context& context_;
    const location& from_;
    const location& to_;
};

/// Open the directory a location names. Symbolic links on the way are followed: the user named them.
ASIO_FS_DECL int open_location(const location& place, int flags);

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/copy_roots.ipp>
#endif

#endif
