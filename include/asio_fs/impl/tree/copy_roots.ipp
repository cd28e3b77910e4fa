// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_ROOTS_IPP
#define ASIO_FS_IMPL_TREE_COPY_ROOTS_IPP

#include <asio_fs/detail/tree/copy_roots.hpp>
#include <asio_fs/detail/tree/inode_handle.hpp>
#include <asio_fs/detail/tree/successor.hpp>
#include <asio_fs/detail/tree/sync_directory.hpp>
#include <asio_fs/detail/tree/useful_lanes.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace asio_fs::detail {

ASIO_FS_DECL int open_location(const location& place, int flags)
{
    return ::openat(place.dirfd, place.path.empty() ? "." : place.path.c_str(), flags | O_CLOEXEC);
}

ASIO_FS_DECL bool copy_roots::fail(std::string_view step, int error)
{
    context_.monitor.fail({}, step, errno_code(error));
    return false;
}

ASIO_FS_DECL bool copy_roots::open_source(bool follow, unique_fd& fd, struct ::stat& status)
{
    // A backup lies beside what it was, and nowhere else.
    if (context_.backup_suffix.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
        return fail("backup_suffix", EINVAL);
    fd.reset(open_location(from_, O_PATH | (follow ? 0 : O_NOFOLLOW)));
    // Not a directory: the location is an open file itself.
    if (!fd && errno == ENOTDIR && from_.path.empty())
        fd.reset(::fcntl(from_.dirfd, F_DUPFD_CLOEXEC, 0));
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return fail("openat", errno);
    return true;
}

ASIO_FS_DECL std::unique_ptr<copy_dir> copy_roots::open_directories(const struct ::stat& status)
{
    unique_fd to;
    bool existed = false;
    if (!open_destination(status, to, existed))
        return nullptr;
    unique_fd from{open_location(from_, O_RDONLY | O_DIRECTORY | O_NOATIME)};
    if (!from && errno == EPERM)
        from.reset(open_location(from_, O_RDONLY | O_DIRECTORY));
    struct ::stat opened;
    error_code error;
    if (!from || ::fstat(from.get(), &opened) != 0)
        error = last_error();
    else if (id_of(opened) != id_of(status))
        error = errno_code(ESTALE);
    dir_node_ptr from_node;
    if (!error)
        from_node = context_.directories.add_root(std::move(from), error);
    auto root = std::make_unique<copy_dir>(nullptr, from_node);
    if (context_.options.workers == 0 && to && !existed)
        context_.team.limit(useful_lanes(to.get(), tree_work::copying));
    if (!error && to)
        root->to = context_.directories.add_root(std::move(to), error);
    if (error)
    {
        fail("openat", error.value());
        return nullptr;
    }
    root->existed = existed;
    context_.from_root = id_of(status);
    return root;
}

// Nothing is made before it is certain that the destination does not lie in the source, or that something may keep
// the copy from getting there; then the scan sees to it that it is not copied into itself.
ASIO_FS_DECL bool copy_roots::open_destination(const struct ::stat& source, unique_fd& fd, bool& existed)
{
    const int flags = O_RDONLY | O_DIRECTORY;
    const auto open_existing = [&]
    {
        fd.reset(open_location(to_, flags));
        if (!fd && errno == EACCES)
            fd.reset(open_location(to_, O_PATH | O_DIRECTORY));
    };
    open_existing();
    int failure = errno;
    std::string name;
    unique_fd parent;
    if (!fd)
    {
        if (failure != ENOENT && failure != ENOTDIR)
            return fail("openat (destination)", failure);
        parent.reset(open_parent(to_, name));
        if (!parent)
            return fail("openat (destination)", errno);
    }
    const bool may_stay_out = context_.options.filter || context_.options.one_file_system;
    if (!may_stay_out && lies_within(fd ? fd.get() : parent.get(), id_of(source)))
        return fail("copy into itself", EINVAL);

    existed = static_cast<bool>(fd);
    if (!fd && failure == ENOENT && context_.options.existing_only)
    {
        context_.monitor.add_lane().skipped.add(1);
        context_.monitor.entry([] { return std::string(); }, entry_type::directory,
                               copy_entry::action::left_out, 0);
        return false;
    }
    if (!fd && context_.options.dry_run)
        return true;
    if (!fd)
    {
        const mode_t mode = context_.directory_mode(source.st_mode);
        if (failure == ENOTDIR)
        {
            // Something else has the name. It goes only if the policy lets everything go that differs, and if it
            // has the name itself and is not what a symbolic link leads to.
            const overwrite_policy policy = context_.options.overwrite;
            if (policy != overwrite_policy::always && policy != overwrite_policy::different)
                return fail("mkdirat", ENOTDIR);
            std::string_view step;
            if (const error_code error =
                    replace_by_directory(parent.get(), name.c_str(), mode, context_.backup_suffix, step))
                return fail(step, error.value());
        }
        else if (::mkdirat(parent.get(), name.c_str(), mode) != 0)
            return fail("mkdirat", errno);
        fd.reset(::openat(parent.get(), name.c_str(), directory_flags));
        if (!fd)
            return fail("openat (destination)", errno);
    }
    struct ::stat status;
    if (::fstat(fd.get(), &status) != 0)
        return fail("fstat (destination)", errno);
    context_.to_root = id_of(status);
    return true;
}

ASIO_FS_DECL std::unique_ptr<copy_dir> copy_roots::open_holders(unique_fd source_parent, std::string& name)
{
    unique_fd parent{open_parent(to_, name)};
    struct ::stat status;
    if (!parent || ::fstat(parent.get(), &status) != 0)
    {
        fail("openat (destination)", errno);
        return nullptr;
    }
    const bool inherits_acl =
        inode_handle(parent.get(), true).get_xattr("system.posix_acl_default", nullptr, 0) > 0;
    error_code error;
    auto holder =
        std::make_unique<copy_dir>(nullptr, context_.directories.add_root(std::move(source_parent), error));
    if (!error)
        holder->to = context_.directories.add_root(std::move(parent), error);
    if (error)
    {
        fail("openat", error.value());
        return nullptr;
    }
    holder->is_holder = holder->existed = true;
    holder->inherits_acl = inherits_acl;
    holder->to_device = status.st_dev;
    return holder;
}

ASIO_FS_DECL int copy_roots::open_parent(const location& place, std::string& name)
{
    split_path parts = split(place.path);
    name = std::move(parts.name);
    if (name.empty() || name == "." || name == "..")
    {
        errno = name.empty() ? EISDIR : EINVAL;
        return -1;
    }
    return open_location({place.dirfd, std::move(parts.parent)}, O_PATH | O_DIRECTORY);
}

ASIO_FS_DECL void copy_roots::sync(const copy_dir& holder)
{
    dir_pin to;
    if (context_.options.sync != sync_policy::everything || context_.options.dry_run ||
        context_.directories.pin(*holder.to, to))
        return;
    if (const error_code error = sync_directory(to.fd()))
        fail("fsync (directory above)", error.value());
}

// Whether a directory is `ancestor` or lies in it. The way up is a way by inodes: names would lie.
ASIO_FS_DECL bool copy_roots::lies_within(int directory, const file_id& ancestor) const
{
    unique_fd up;
    file_id below;
    for (int at = directory;; at = up.get())
    {
        struct ::stat status;
        if (::fstat(at, &status) != 0)
            return false;
        const file_id id = id_of(status);
        if (id == ancestor)
            return true;
        if (id == below)
            return false; // the root is its own parent
        below = id;
        unique_fd next{::openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC)};
        if (!next)
            return false;
        up = std::move(next);
    }
}

} // namespace asio_fs::detail

#endif
