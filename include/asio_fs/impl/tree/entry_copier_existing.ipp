// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_ENTRY_COPIER_EXISTING_IPP
#define ASIO_FS_IMPL_TREE_ENTRY_COPIER_EXISTING_IPP

#include <asio_fs/detail/tree/entry_copier.hpp>
#include <asio_fs/detail/tree/named_inode.hpp>

#include <cstring>
#include <string>

#include <limits.h>
#include <unistd.h>

// What a copy does about entries that exist at the destination.

namespace asio_fs::detail {

// Looks at the destination and says what to do. With `linking` the entry is to become a name of another one:
// its own content does not matter. Returns false after adding an error, or if it is time to stop.
ASIO_FS_DECL bool entry_copier::decide(const item& entry, source& from, verdict& what, bool linking)
{
    const copy_options& options = context_.options;
    bool there = false;
    if (entry.to_dir >= 0)
    {
        there = ::fstatat(entry.to_dir, entry.to, &existing_, AT_SYMLINK_NOFOLLOW) == 0;
        if (!there && errno != ENOENT)
        {
            errors_.add("fstatat", errno);
            return false;
        }
    }
    if (there && !entry.dir.existed && !options.dry_run)
    {
        // This copy made the directory, so it made the entry too: to the destination two names are the same.
        errors_.add("openat (names clash)", EEXIST);
        return false;
    }
    if (there && entry.dir.is_holder &&
        (id_of(existing_) == id_of(from.status) || S_ISDIR(existing_.st_mode)))
    {
        errors_.add("openat", S_ISDIR(existing_.st_mode) ? EISDIR : EINVAL);
        return false;
    }

    const judgement judged = judge(from.status, there ? &existing_ : nullptr, options, context_.me);
    changes_ = judged.changes;
    verdict decision = judged.what;
    const bool watched = static_cast<bool>(options.on_entry);
    const bool links = there && S_ISLNK(from.status.st_mode) && S_ISLNK(existing_.st_mode);
    if (linking)
    {
        if (decision == verdict::keep || decision == verdict::compare)
            decision = verdict::replace;
    }
    else if (decision == verdict::compare || (decision == verdict::replace && links && watched))
    {
        bool same = false;
        if (links)
            same = same_target(entry);
        else if (!same_bytes(entry, from, same))
            return false;
        if (!same)
            changes_ |= copy_changes::content;
        if (decision == verdict::compare)
            decision = same ? verdict::keep : verdict::replace;
    }
    if (decision == verdict::keep ||
        (decision == verdict::replace && watched && !has(changes_, copy_changes::created)))
        add_xattr_changes(entry, from);
    if (decision == verdict::keep && !may_stay(from.status))
        decision = verdict::replace;
    what = decision;
    return true;
}

// Compares the content of two regular files. Returns false if the source cannot be read, or if it is time to
// stop.
ASIO_FS_DECL bool entry_copier::same_bytes(const item& entry, source& from, bool& same)
{
    same = false;
    if (!from.fd && !open_looked_at(entry, from))
        return false;
    const auto open_as = [&](int flags)
    { return context_.directories.open_with([&] { return ::openat(entry.to_dir, entry.to, flags); }); };
    unique_fd to{open_as(entry_flags | O_NOATIME)};
    if (!to && errno == EPERM)
        to.reset(open_as(entry_flags));
    struct ::stat status;
    // What cannot be read cannot be said to be equal.
    if (!to || ::fstat(to.get(), &status) != 0 || id_of(status) != id_of(existing_))
        return true;
    const byte_comparer::result compared = bytes_.compare(from.fd.get(), to.get());
    same = compared.equal;
    return compared.error != errno_code(ECANCELED);
}

ASIO_FS_DECL bool entry_copier::same_target(const item& entry) const
{
    char text[PATH_MAX];
    const ssize_t n = ::readlinkat(entry.to_dir, entry.to, text, sizeof text);
    return n >= 0 && std::strlen(target_.get()) == static_cast<std::size_t>(n) &&
           std::memcmp(text, target_.get(), static_cast<std::size_t>(n)) == 0;
}

// An inode with other names stays only if it can stand for the same inode of the source with all its names.
ASIO_FS_DECL bool entry_copier::may_stay(const struct ::stat& status)
{
    if (existing_.st_nlink == 1)
        return true;
    // Which names belong together is of no interest then. But what is changed about one is changed about all.
    if (!context_.preserves(preserve_flags::links))
        return changes_ == copy_changes::none;
    return existing_.st_nlink <= status.st_nlink && context_.links.claim(id_of(existing_));
}

// By name, since most entries have nothing that would have to be changed.
ASIO_FS_DECL void entry_copier::add_xattr_changes(const item& entry, const source& from)
{
    const named_inode out{entry.to_dir, entry.to};
    const auto compare = [&](const xattr_source& in)
    {
        attributes_.load(in, from.status.st_dev, errors_);
        changes_ |= attributes_.differences(in, out, existing_.st_dev);
    };
    if (from.fd)
        compare(from.handle());
    else if (entry.from_dir >= 0)
        compare(named_inode{entry.from_dir, entry.from});
}

// Nothing new is made.
ASIO_FS_DECL entry_copier::outcome entry_copier::leave(const item& entry, source& from, verdict what)
{
    switch (what)
    {
    case verdict::keep:
        was_kept_ = true;
        return keep(entry, from);
    case verdict::leave:
        changes_ = copy_changes::none;
        finished(entry, from.status, copy_entry::action::up_to_date);
        return outcome::left;
    case verdict::leave_out:
        changes_ = copy_changes::none;
        finished(entry, from.status, copy_entry::action::left_out);
        return outcome::left;
    default:
        return outcome::failed;
    }
}

// The content is right already; make the rest equal.
ASIO_FS_DECL entry_copier::outcome entry_copier::keep(const item& entry, source& from)
{
    if (changes_ != copy_changes::none && !context_.options.dry_run)
    {
        const auto open_to = [&](int flags)
        { return context_.directories.open_with([&] { return ::openat(entry.to_dir, entry.to, flags); }); };
        const unique_fd out{open_to(name_flags)};
        struct ::stat existing, status = from.status;
        // Labels and capabilities must come from the inode whose content was found to be the same.
        if (!from.fd)
            from.fd.reset(context_.directories.open_with(
                [&] { return ::openat(entry.from_dir, entry.from, name_flags); }));
        if (!out || ::fstat(out.get(), &existing) != 0 || !from.fd || ::fstat(from.fd.get(), &status) != 0)
            errors_.add("openat", errno);
        else if (id_of(existing) != id_of(existing_) || existing.st_nlink > existing_.st_nlink ||
                 id_of(status) != id_of(from.status))
            errors_.add("openat", EBUSY); // not what was looked at: it might be anybody's
        else
        {
            attributes_.load(from.handle(), from.status.st_dev, errors_);
            attributes_.apply(from.handle(), {out.get(), true}, attributes_of(from.status),
                              attribute_copier::current::of(existing), errors_);
            if (context_.options.sync != sync_policy::none && from.is_regular())
            {
                const unique_fd file{open_to(entry_flags)};
                if (!file || uninterrupted([&] { return ::fsync(file.get()); }) != 0)
                    errors_.add("fsync", errno);
            }
        }
    }
    finished(entry, from.status, copy_entry::action::up_to_date);
    return outcome::done;
}

// Directories cannot be renamed over; they go only if they are empty.
ASIO_FS_DECL bool entry_copier::make_room(const item& entry, verdict& what)
{
    if (!S_ISDIR(existing_.st_mode))
        return true;
    const std::string& suffix = context_.backup_suffix;
    int result = suffix.empty() ? ::unlinkat(entry.to_dir, entry.to, AT_REMOVEDIR)
                                : back_up(entry.to_dir, entry.to, suffix);
    if (result != 0 && errno == ENOTEMPTY && suffix.empty() && context_.options.remove_extraneous &&
        extraneous_)
    {
        extraneous_->clear(entry.dir, entry.to_dir, entry.to);
        result = ::unlinkat(entry.to_dir, entry.to, AT_REMOVEDIR);
    }
    if (result != 0 && errno != ENOENT)
    {
        errors_.add(suffix.empty() ? "unlinkat" : "renameat (backup)", errno);
        return false;
    }
    what = verdict::create;
    return true;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::link(const item& entry, const struct ::stat& status,
                                                      int target_dir, const link_groups::target& target)
{
    current_ = &entry;
    errors_.clear();
    attributes_.unload();
    changes_ = copy_changes::created;
    target_[0] = 0;
    source from;
    from.status = status;
    const copy_options& options = context_.options;
    const char* const first_name = target.name.c_str();
    const auto done = [&](copy_entry::action what)
    {
        if (what == copy_entry::action::linked)
            counters_.hard_links.add(1);
        else
            changes_ = copy_changes::none;
        finished(entry, status, what, options.on_entry ? target.dir->path(target.name) : std::string());
        report(entry);
        return outcome::done;
    };

    verdict what = verdict::create;
    bool looked = looks_first(entry);
    for (int look = 0;; ++look)
    {
        if (looked)
        {
            struct ::stat first;
            if (!decide(entry, from, what, true))
                break;
            // In a dry run the other name may be one that would have been replaced.
            if (what != verdict::create && what != verdict::leave_out && (!options.dry_run || target.kept) &&
                ::fstatat(target_dir, first_name, &first, AT_SYMLINK_NOFOLLOW) == 0 &&
                id_of(existing_) == id_of(first))
                return done(copy_entry::action::up_to_date);
            if (what == verdict::leave || what == verdict::leave_out)
            {
                leave(entry, from, what);
                break;
            }
        }
        if (options.dry_run)
            return done(copy_entry::action::linked);
        if (what == verdict::replace && !make_room(entry, what))
            break;
        successor next(entry.to_dir, entry.to);
        const bool over = what == verdict::replace;
        const int result =
            next.create(over ? successor::way::over : successor::way::direct, [&](const char* name)
                        { return ::linkat(target_dir, first_name, entry.to_dir, name, 0); });
        if (result == 0)
        {
            if (!publish(next, -1))
                break;
            return done(copy_entry::action::linked);
        }
        if (errno != EEXIST || over || look == most_looks)
        {
            errors_.add("linkat", errno);
            report(entry);
            return outcome::failed;
        }
        looked = true;
    }
    report(entry);
    return outcome::left;
}

} // namespace asio_fs::detail

#endif
