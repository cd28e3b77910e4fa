// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_ENTRY_COPIER_IPP
#define ASIO_FS_IMPL_TREE_ENTRY_COPIER_IPP

#include <asio_fs/detail/tree/entry_copier.hpp>

#include <cstring>
#include <string>

#include <limits.h>
#include <unistd.h>

namespace asio_fs::detail {

// How often a file is copied that changes meanwhile.
inline constexpr int most_copies = 3;

ASIO_FS_DECL entry_copier::entry_copier(copy_context& context, lane_counters& counters,
                                        attribute_copier& attributes)
    : context_(context), counters_(counters), attributes_(attributes),
      content_(context.options.method, context.preserves(preserve_flags::sparse), context.options.buffer_size,
               [this] { return context_.monitor.stopping(); }),
      moved_(
          [this](std::uint64_t bytes)
          {
              counters_.bytes_copied.add(bytes);
              context_.monitor.tick([this] { return current_->dir.path_of(current_->from); });
          }),
      target_(new char[PATH_MAX + 1])
{}

ASIO_FS_DECL bool entry_copier::open(const item& entry, entry_type hint, source& result)
{
    for (int look = 0; look < most_looks; ++look)
    {
        const bool regular = hint == entry_type::regular;
        const auto open_as = [&](int flags) {
            return context_.directories.open_with([&]
                                                  { return ::openat(entry.from_dir, entry.from, flags); });
        };
        int fd;
        if (!regular)
            fd = open_as(name_flags);
        else
        {
            fd = open_as(read_without_atime_ ? entry_flags | O_NOATIME : entry_flags);
            if (fd < 0 && errno == EPERM && read_without_atime_)
            {
                // Only for the owner and root. Those who are neither should not have to try for each file.
                read_without_atime_ = context_.privileged;
                fd = open_as(entry_flags);
            }
        }
        if (fd < 0)
        {
            // A symbolic link, or a socket or device without anything behind it.
            if (regular && (errno == ELOOP || errno == ENXIO || errno == ENODEV))
            {
                hint = entry_type::unknown;
                continue;
            }
            context_.monitor.fail(entry.dir.path_of(entry.from), "openat", last_error());
            return false;
        }
        result.fd.reset(fd);
        if (::fstat(fd, &result.status) != 0)
        {
            context_.monitor.fail(entry.dir.path_of(entry.from), "fstat", last_error());
            return false;
        }
        if (regular == result.is_regular())
            return true;
        hint = regular ? entry_type::unknown : entry_type::regular;
    }
    context_.monitor.fail(entry.dir.path_of(entry.from), "openat", errno_code(EBUSY));
    return false;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy(const item& entry, source& from)
{
    current_ = &entry;
    errors_.clear();
    attributes_.unload();
    outcome result = outcome::failed;
    const mode_t type = from.status.st_mode & S_IFMT;
    if (type != S_IFREG && type != S_IFLNK && !context_.preserves(preserve_flags::devices))
    {
        finished(entry, from.status, copy_entry::action::up_to_date);
        return outcome::left;
    }
    if (type != S_IFLNK || read_target(entry, from))
        result = context_.options.dry_run ? preview(entry, from)
                 : type == S_IFREG        ? copy_regular(entry, from)
                                          : copy_other(entry, from);
    report(entry);
    context_.monitor.tick([&] { return entry.dir.path_of(entry.from); });
    return result;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::preview(const item& entry, const source& from)
{
    const verdict decision = entry.to_dir < 0 ? verdict::create : judge(entry, from.status, target_.get());
    if (decision == verdict::failed)
        return outcome::failed;
    if (decision != verdict::create)
    {
        finished(entry, from.status, copy_entry::action::up_to_date);
        return decision == verdict::keep ? outcome::done : outcome::left;
    }
    count(from.status);
    if (from.is_regular())
        counters_.bytes_copied.add(static_cast<std::uint64_t>(from.status.st_size));
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy_regular(const item& entry, source& from)
{
    attributes_.load(from.handle(), from.status.st_dev, errors_);
    attribute_copier::current have;
    const mode_t wanted = attributes_.final_mode(attributes_of(from.status), have);
    bool exact = false;
    const mode_t mode = creation_mode(entry, from, wanted, exact);
    unique_fd out;
    for (int look = 0; !out; ++look)
    {
        out.reset(create(entry, from, mode));
        if (out)
            break;
        if (errno != EEXIST || look == most_looks)
        {
            errors_.add("openat", errno);
            return outcome::failed;
        }
        switch (judge(entry, from.status, nullptr))
        {
        case verdict::create:
            break;
        case verdict::keep:
            return keep(entry, from);
        case verdict::leave:
            finished(entry, from.status, copy_entry::action::up_to_date);
            return outcome::left;
        case verdict::failed:
            return outcome::failed;
        }
    }

    std::uint64_t owner = entry.dir.created_owner.load(std::memory_order_relaxed);
    if (owner == copy_dir::owner_unknown)
    {
        struct ::stat created;
        if (::fstat(out.get(), &created) != 0)
        {
            errors_.add("fstat", errno);
            forget(entry);
            return outcome::failed;
        }
        owner = static_cast<std::uint64_t>(created.st_uid) << 32 | created.st_gid;
        entry.dir.created_owner.store(owner, std::memory_order_relaxed);
    }
    have.user = static_cast<uid_t>(owner >> 32);
    have.group = static_cast<gid_t>(owner);
    have.mode = exact ? mode : attribute_copier::current::unknown_mode;
    if (entry.dir.inherits_acl)
        attribute_copier::drop_inherited_acls({out.get(), false}, false);

    const outcome result = fill(entry, from, out, have);
    if (result != outcome::done)
    {
        forget(entry);
        return result;
    }
    attributes_.apply(from.handle(), {out.get(), false}, attributes_of(from.status), have, errors_);
    count(from.status);
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

// A file that changes while it is read is read again. If it does not come to rest, what was read last is
// kept: it may be a log that never rests. It does not get the modification time then, so that no later run
// takes it for complete.
ASIO_FS_DECL entry_copier::outcome entry_copier::fill(const item& entry, source& from, unique_fd& out,
                                                      attribute_copier::current& have)
{
    for (int attempt = 1;; ++attempt)
    {
        const content_result content =
            content_.copy(from.fd.get(), from.status, out.get(), entry.dir.to_device, moved_);
        if (content.error)
        {
            if (content.error != errno_code(ECANCELED))
                errors_.add(content.step, content.error);
            return outcome::failed;
        }
        const struct ::stat before = from.status;
        if (::fstat(from.fd.get(), &from.status) != 0)
        {
            errors_.add("fstat", errno);
            return outcome::failed;
        }
        const bool changed = before.st_size != from.status.st_size ||
                             !same_time(before.st_mtim, from.status.st_mtim) ||
                             !same_time(before.st_ctim, from.status.st_ctim);
        if (!changed)
        {
            counters_.bytes_cloned.add(content.bytes_cloned);
            counters_.bytes_in_holes.add(content.bytes_in_holes);
            return outcome::done;
        }
        if (attempt == most_copies)
        {
            errors_.add(content.ended_early ? "read (file shrank)" : "read (file changed)", EBUSY);
            have.keep_times = true;
            return content.ended_early ? outcome::failed : outcome::done;
        }
        if (::ftruncate(out.get(), 0) != 0)
        {
            errors_.add("ftruncate", errno);
            return outcome::failed;
        }
    }
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy_other(const item& entry, source& from)
{
    for (int look = 0; create(entry, from, 0600 & from.status.st_mode) != 0; ++look)
    {
        if (errno != EEXIST || look == most_looks)
        {
            errors_.add(S_ISLNK(from.status.st_mode) ? "symlinkat" : "mknodat", errno);
            return outcome::failed;
        }
        switch (judge(entry, from.status, target_.get()))
        {
        case verdict::create:
            break;
        case verdict::keep:
            return keep(entry, from);
        case verdict::leave:
            finished(entry, from.status, copy_entry::action::up_to_date);
            return outcome::left;
        case verdict::failed:
            return outcome::failed;
        }
    }

    // The kernel does not hand out a descriptor here. What is found under the name is taken for the new entry
    // only if it can be nothing else than one.
    const unique_fd out{
        context_.directories.open_with([&] { return ::openat(entry.to_dir, entry.to, name_flags); })};
    struct ::stat created;
    if (!out || ::fstat(out.get(), &created) != 0)
        errors_.add("openat", errno);
    else if (((created.st_mode ^ from.status.st_mode) & S_IFMT) != 0 || created.st_nlink != 1 ||
             created.st_rdev != from.status.st_rdev)
        errors_.add("openat", EBUSY);
    else
    {
        const inode_handle handle{out.get(), true};
        if (entry.dir.inherits_acl && !S_ISLNK(created.st_mode))
            attribute_copier::drop_inherited_acls(handle, false);
        attributes_.load(from.handle(), from.status.st_dev, errors_);
        attributes_.apply(from.handle(), handle, attributes_of(from.status), {created.st_uid, created.st_gid},
                          errors_);
    }
    count(from.status);
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

ASIO_FS_DECL int entry_copier::create(const item& entry, const source& from, mode_t mode)
{
    const mode_t type = from.status.st_mode & S_IFMT;
    if (type == S_IFREG)
        return context_.directories.open_with(
            [&]
            {
                return ::openat(entry.to_dir, entry.to,
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, mode);
            });
    if (type == S_IFLNK)
        return ::symlinkat(target_.get(), entry.to_dir, entry.to);
    return ::mknodat(entry.to_dir, entry.to, type | mode, from.status.st_rdev);
}

// Nobody may get at the new file who will not in the end. While it has another owner or lacks its access
// control list, that leaves its creator.
ASIO_FS_DECL mode_t entry_copier::creation_mode(const item& entry, const source& from, mode_t wanted,
                                                bool& exact) const
{
    const std::uint64_t owner = entry.dir.created_owner.load(std::memory_order_relaxed);
    const std::uint64_t final_owner =
        static_cast<std::uint64_t>(from.status.st_uid) << 32 | from.status.st_gid;
    exact = !attributes_.any() && !entry.dir.inherits_acl && (wanted & ~static_cast<mode_t>(0777)) == 0 &&
            (wanted & context_.umask) == 0 && owner != copy_dir::owner_unknown &&
            (owner == final_owner || !context_.preserves(preserve_flags::owner));
    if (exact)
        return wanted;
    // Attributes can only be set by those who may write.
    return (wanted & 0700) | (attributes_.any() ? 0200u : 0u);
}

ASIO_FS_DECL bool entry_copier::read_target(const item& entry, const source& from)
{
    const ssize_t n = ::readlinkat(from.fd.get(), "", target_.get(), PATH_MAX + 1);
    if (n < 0 || n > PATH_MAX)
    {
        context_.monitor.fail(entry.dir.path_of(entry.from), "readlinkat",
                              n < 0 ? last_error() : errno_code(ENAMETOOLONG));
        return false;
    }
    target_[static_cast<std::size_t>(n)] = 0;
    return true;
}

// No truncated file may stay under a final name.
ASIO_FS_DECL void entry_copier::forget(const item& entry)
{
    if (::unlinkat(entry.to_dir, entry.to, 0) != 0 && errno != ENOENT)
        errors_.add("unlinkat", errno);
}

ASIO_FS_DECL void entry_copier::finished(const item& entry, const struct ::stat& status,
                                         copy_entry::action what)
{
    if (what == copy_entry::action::up_to_date)
        counters_.skipped.add(1);
    context_.monitor.entry([&] { return entry.dir.path_of(entry.from); }, entry_type_of(status.st_mode), what,
                           S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0);
}

ASIO_FS_DECL void entry_copier::count(const struct ::stat& status)
{
    (S_ISREG(status.st_mode)   ? counters_.files
     : S_ISLNK(status.st_mode) ? counters_.symlinks
                               : counters_.specials)
        .add(1);
}

ASIO_FS_DECL void entry_copier::report(const item& entry)
{
    for (const auto& [step, code] : errors_)
        context_.monitor.fail(entry.dir.path_of(entry.from), step, code);
    errors_.clear();
}

} // namespace asio_fs::detail

#endif
