// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_ENTRY_COPIER_MAKING_IPP
#define ASIO_FS_IMPL_TREE_ENTRY_COPIER_MAKING_IPP

#include <asio_fs/detail/tree/entry_copier.hpp>

#include <string>
#include <utility>

#include <unistd.h>

// How the new entry at the destination comes to be.

namespace asio_fs::detail {

// How often a file is copied that changes meanwhile.
inline constexpr int most_copies = 3;

ASIO_FS_DECL entry_copier::outcome entry_copier::preview(const item& entry, const source& from)
{
    count(from.status);
    if (from.is_regular())
        counters_.bytes_copied.add(static_cast<std::uint64_t>(from.status.st_size));
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

// Create the new entry by `call`, which is given a way and a name and returns a descriptor or 0. Returns -1
// after adding an error, or if `what` says by then that nothing is to be made.
template <class Call>
int entry_copier::make(const item& entry, source& from, verdict& what, successor& next, std::string_view step,
                       Call&& call)
{
    using way = successor::way;
    for (int look = 0;; ++look)
    {
        if (what == verdict::replace && !make_room(entry, what))
            return -1;
        way how = way::direct;
        if (what == verdict::replace)
            how = way::over;
        else if (gets_name_last_ && from.is_regular())
            how = unnamed_files_ ? way::unnamed : way::temporary;
        const int result = next.create(how, [&](const char* name) { return call(how, name); });
        if (result >= 0)
            return result;
        if (how == way::unnamed &&
            (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOSYS))
        {
            unnamed_files_ = false;
            continue;
        }
        if (errno != EEXIST || how != way::direct || look >= most_looks)
        {
            errors_.add(step, errno);
            return -1;
        }
        if (!decide(entry, from, what) || (what != verdict::create && what != verdict::replace))
            return -1;
    }
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy_regular(const item& entry, source& from, verdict what)
{
    if (what == verdict::replace && context_.options.in_place && context_.backup_suffix.empty() &&
        S_ISREG(existing_.st_mode) && id_of(existing_) != id_of(from.status) &&
        // Two files of the source may find two names of one file.
        (existing_.st_nlink == 1 || context_.links.claim(id_of(existing_))))
        return overwrite(entry, from);
    attributes_.load(from.handle(), from.status.st_dev, errors_);
    attribute_copier::current have;
    const mode_t wanted = attributes_.final_mode(attributes_of(from.status), have);
    bool exact = false;
    const mode_t mode = creation_mode(entry, from, what, wanted, exact);
    const int access = context_.options.verify ? O_RDWR : O_WRONLY;
    successor next(entry.to_dir, entry.to);
    unique_fd out{make(
        entry, from, what, next, "openat",
        [&](successor::way how, const char* name)
        {
            const int flags =
                how == successor::way::unnamed ? O_TMPFILE : O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY;
            return context_.directories.open_with(
                [&] { return plain_calls::openat(entry.to_dir, name, flags | access | O_CLOEXEC, mode); });
        })};
    if (!out)
        return leave(entry, from, what);
    if (what == verdict::replace && S_ISREG(existing_.st_mode))
        have.predecessor = existing_.st_mode;

    std::uint64_t owner = entry.dir.created_owner.load(std::memory_order_relaxed);
    if (owner == copy_dir::owner_unknown)
    {
        struct ::stat created;
        if (::fstat(out.get(), &created) != 0)
        {
            errors_.add("fstat", errno);
            return outcome::failed;
        }
        owner = static_cast<std::uint64_t>(created.st_uid) << 32 | created.st_gid;
        entry.dir.created_owner.store(owner, std::memory_order_relaxed);
    }
    have.user = static_cast<uid_t>(owner >> 32);
    have.group = static_cast<gid_t>(owner);
    have.mode = exact ? mode : attribute_copier::current::unknown_mode;
    if (entry.dir.inherits_acl && context_.preserves(preserve_flags::acls))
        attribute_copier::drop_inherited_acls({out.get(), false}, false);

    const outcome result = fill(entry, from, out, have, content_);
    if (result != outcome::done)
    {
        abandon(next, out.get(), from);
        return result;
    }
    if (!complete(from, {out.get(), false}, have))
        return outcome::failed;
    if (have.keep_times)
        date_back(out.get(), from);
    // What has no name yet needs its descriptor to get one.
    if (!(next.has_name() ? shut(out) : shut_duplicate(out.get())) || !publish(next, out.get()))
        return outcome::failed;
    count(from.status);
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

// A file that changes while it is read is read again. If it does not come to rest, what was read last is
// kept: it may be a log that never rests. It does not get the modification time then, so that no later run
// takes it for complete (see date_back()).
ASIO_FS_DECL entry_copier::outcome entry_copier::fill(const item& entry, source& from, unique_fd& out,
                                                      attribute_copier::current& have, content_copier& copier)
{
    const bool in_place = &copier != &content_;
    bool mismatched = false;
    worthless_ = false;
    for (int attempt = 1;;)
    {
        const content_result content =
            copier.copy(from.fd.get(), from.status, out.get(), entry.dir.to_device, moved_);
        if (content.error)
        {
            if (content.error != errno_code(ECANCELED))
                errors_.add(content.step, content.error);
            return outcome::failed;
        }
        const bool without_size = content.ended_early || from.status.st_size == 0;
        if (in_place && ::ftruncate(out.get(), without_size ? static_cast<off_t>(content.bytes_copied)
                                                            : from.status.st_size) != 0)
        {
            errors_.add("ftruncate", errno);
            return outcome::failed;
        }
        bool same = true;
        if (context_.options.verify && !verify(from, out.get(), same))
            return outcome::failed;
        const struct ::stat before = from.status;
        if (::fstat(from.fd.get(), &from.status) != 0)
        {
            errors_.add("fstat", errno);
            return outcome::failed;
        }
        from.status.st_atim = before.st_atim; // which reading may have moved
        const bool changed = before.st_size != from.status.st_size ||
                             !same_time(before.st_mtim, from.status.st_mtim) ||
                             !same_time(before.st_ctim, from.status.st_ctim);
        if (!changed && same)
        {
            counters_.bytes_cloned.add(content.bytes_cloned);
            counters_.bytes_in_holes.add(content.bytes_in_holes);
            if (context_.options.verify)
                counters_.verified.add(1);
            return outcome::done;
        }
        if (changed && attempt++ == most_copies)
        {
            errors_.add(content.ended_early ? "read (file shrank)" : "read (file changed)", EBUSY);
            have.keep_times = true;
            return content.ended_early ? outcome::failed : outcome::done;
        }
        if (!changed && std::exchange(mismatched, true))
        {
            errors_.add("verify", EIO);
            worthless_ = true;
            return outcome::failed;
        }
        if (!in_place && ::ftruncate(out.get(), 0) != 0)
        {
            errors_.add("ftruncate", errno);
            return outcome::failed;
        }
    }
}

// Reads the copy back from where it is stored, if the file system lets go of its pages. Returns false if that
// cannot be done.
ASIO_FS_DECL bool entry_copier::verify(const source& from, int out, bool& same)
{
    if (uninterrupted([&] { return ::fdatasync(out); }) != 0)
    {
        errors_.add("fdatasync", errno);
        return false;
    }
    ::posix_fadvise(out, 0, 0, POSIX_FADV_DONTNEED);
    const byte_comparer::result compared = bytes_.compare(from.fd.get(), out);
    same = compared.equal;
    if (compared.error && compared.error != errno_code(ECANCELED))
        errors_.add(compared.step, compared.error);
    return !compared.error;
}

// The content is there; add everything else.
ASIO_FS_DECL bool entry_copier::complete(const source& from, const inode_handle& out,
                                         const attribute_copier::current& have)
{
    attributes_.apply(from.handle(), out, attributes_of(from.status), have, errors_);
    if (context_.options.sync == sync_policy::none || uninterrupted([&] { return ::fsync(out.fd()); }) == 0)
        return true;
    errors_.add("fsync", errno);
    return false;
}

// Network file systems may write as late as this, and say only here that they could not.
ASIO_FS_DECL bool entry_copier::shut(unique_fd& out)
{
    if (!out || plain_calls::close(out.release()) == 0)
        return true;
    errors_.add("close", errno);
    return false;
}

// The same for a file whose descriptor is still needed: closing any of its descriptors tells.
ASIO_FS_DECL bool entry_copier::shut_duplicate(int out)
{
    unique_fd duplicate{context_.directories.open_with([&] { return ::fcntl(out, F_DUPFD_CLOEXEC, 0); })};
    if (duplicate)
        return shut(duplicate);
    errors_.add("fcntl", errno);
    return false;
}

ASIO_FS_DECL bool entry_copier::publish(successor& next, int fd)
{
    std::string_view step;
    const error_code error = next.publish(fd, context_.backup_suffix, step);
    if (error)
        errors_.add(step, error);
    return !error;
}

// What is not a complete copy must be older than its source, or a run that keeps what is newer would leave it alone.
ASIO_FS_DECL void entry_copier::date_back(int fd, const source& from)
{
    constexpr time_t coarsest = 2; // seconds, of FAT
    const timespec& time = from.status.st_mtim;
    const timespec times[2] = {{0, UTIME_OMIT}, {time.tv_sec - coarsest, time.tv_nsec}};
    ::futimens(fd, times);
}

// No truncated file may stay under a final name, unless somebody asked for it, and nobody tries again. What it would
// have replaced stays in any case.
ASIO_FS_DECL void entry_copier::abandon(successor& next, int fd, const source& from)
{
    if (context_.options.keep_partial && !worthless_ && !next.replaces() && !may_pass(attempt_))
    {
        date_back(fd, from);
        publish(next, fd);
        return;
    }
    if (const error_code error = next.discard())
        errors_.add("unlinkat", error);
}

// Writes into the file that is there. Until it is finished, nobody may get at it who will not in the end.
ASIO_FS_DECL entry_copier::outcome entry_copier::overwrite(const item& entry, source& from)
{
    attributes_.load(from.handle(), from.status.st_dev, errors_);
    const int access = context_.options.verify ? O_RDWR : O_WRONLY;
    unique_fd out{context_.directories.open_with(
        [&] {
            return ::openat(entry.to_dir, entry.to, access | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        })};
    struct ::stat status;
    if (!out || ::fstat(out.get(), &status) != 0)
    {
        errors_.add("openat", errno);
        return outcome::failed;
    }
    if (id_of(status) != id_of(existing_) || id_of(status) == id_of(from.status))
    {
        errors_.add("openat", EBUSY);
        return outcome::failed;
    }
    attribute_copier::current have = attribute_copier::current::of(status);
    const mode_t closed = status.st_mode & 07777 & attributes_.final_mode(attributes_of(from.status), have);
    if (closed != (status.st_mode & 07777))
        ::fchmod(out.get(), closed);
    const outcome result = fill(entry, from, out, have, writer_in_place());
    // Writing has changed the times, and may have taken special bits away.
    if (::fstat(out.get(), &status) == 0)
    {
        const bool keep_times = have.keep_times;
        have = attribute_copier::current::of(status);
        have.keep_times = keep_times;
    }
    const bool completed =
        result == outcome::done && complete(from, {out.get(), false}, have) && shut_duplicate(out.get());
    if (!completed || have.keep_times)
        date_back(out.get(), from);
    if (!completed)
        return outcome::failed;
    count(from.status);
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

ASIO_FS_DECL content_copier& entry_copier::writer_in_place()
{
    if (!in_place_)
        in_place_.reset(new content_copier(make_copier(false)));
    return *in_place_;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy_other(const item& entry, source& from, verdict what)
{
    const mode_t type = from.status.st_mode & S_IFMT;
    successor next(entry.to_dir, entry.to);
    const int made = make(entry, from, what, next, type == S_IFLNK ? "symlinkat" : "mknodat",
                          [&](successor::way, const char* name)
                          {
                              return type == S_IFLNK
                                         ? ::symlinkat(target_.get(), entry.to_dir, name)
                                         : ::mknodat(entry.to_dir, name, type | (0600 & from.status.st_mode),
                                                     from.status.st_rdev);
                          });
    if (made < 0)
        return leave(entry, from, what);

    // The kernel does not hand out a descriptor here. What is found under the name is taken for the new entry
    // only if it can be nothing else than one.
    const unique_fd out{
        context_.directories.open_with([&] { return ::openat(entry.to_dir, next.name(), name_flags); })};
    struct ::stat created;
    if (!out || ::fstat(out.get(), &created) != 0)
        errors_.add("openat", errno);
    else if (((created.st_mode ^ from.status.st_mode) & S_IFMT) != 0 || created.st_nlink != 1 ||
             created.st_rdev != from.status.st_rdev)
        errors_.add("openat", EBUSY);
    else
    {
        const inode_handle handle{out.get(), true};
        if (entry.dir.inherits_acl && context_.preserves(preserve_flags::acls) && !S_ISLNK(created.st_mode))
            attribute_copier::drop_inherited_acls(handle, false);
        attributes_.load(from.handle(), from.status.st_dev, errors_);
        attributes_.apply(from.handle(), handle, attributes_of(from.status), {created.st_uid, created.st_gid},
                          errors_);
    }
    if (!publish(next, -1))
        return outcome::failed;
    count(from.status);
    finished(entry, from.status, copy_entry::action::copied);
    return outcome::done;
}

// Nobody may get at the new file who will not in the end. While it has another owner or lacks its access
// control list, that leaves its creator.
ASIO_FS_DECL mode_t entry_copier::creation_mode(const item& entry, const source& from, verdict what,
                                                mode_t wanted, bool& exact) const
{
    const std::uint64_t owner = entry.dir.created_owner.load(std::memory_order_relaxed);
    const bool known = owner != copy_dir::owner_unknown;
    const bool right_owner = (!context_.preserves(preserve_flags::user) ||
                              (known && static_cast<uid_t>(owner >> 32) == from.status.st_uid)) &&
                             (!context_.preserves(preserve_flags::group) ||
                              (known && static_cast<gid_t>(owner) == from.status.st_gid));
    // What it replaces is not known yet, and may leave it a mode.
    exact = (context_.preserves(preserve_flags::mode) || what == verdict::create) && !attributes_.any() &&
            !entry.dir.inherits_acl && (wanted & ~static_cast<mode_t>(0777)) == 0 &&
            (wanted & context_.umask) == 0 && right_owner;
    if (exact)
        return wanted;
    // Attributes can only be set by those who may write.
    return (wanted & 0700) | (attributes_.any() ? 0200u : 0u);
}

} // namespace asio_fs::detail

#endif
