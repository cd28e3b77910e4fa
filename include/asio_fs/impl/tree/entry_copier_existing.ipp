// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_ENTRY_COPIER_EXISTING_IPP
#define ASIO_FS_IMPL_TREE_ENTRY_COPIER_EXISTING_IPP

#include <asio_fs/detail/tree/entry_copier.hpp>

#include <cstring>

#include <limits.h>
#include <unistd.h>

// What a copy does about entries that exist at the destination.

namespace asio_fs::detail {

ASIO_FS_DECL entry_copier::verdict entry_copier::judge(const item& entry, const struct ::stat& status,
                                                       const char* target, bool may_keep)
{
    struct ::stat& existing = kept_;
    if (::fstatat(entry.to_dir, entry.to, &existing, AT_SYMLINK_NOFOLLOW) != 0)
    {
        if (errno == ENOENT)
            return verdict::create;
        errors_.add("fstatat", errno);
        return verdict::failed;
    }
    if (!entry.dir.existed && !context_.options.dry_run)
    {
        // This copy made the directory, so it made the entry too: to the destination two names are the same.
        errors_.add("openat (names clash)", EEXIST);
        return verdict::failed;
    }
    if (entry.dir.is_holder && (id_of(existing) == id_of(status) || S_ISDIR(existing.st_mode)))
    {
        errors_.add("openat", S_ISDIR(existing.st_mode) ? EISDIR : EINVAL);
        return verdict::failed;
    }
    switch (context_.options.overwrite)
    {
    case overwrite_policy::always:
        break;
    case overwrite_policy::never:
        return verdict::leave;
    case overwrite_policy::newer:
        if (!later(status.st_mtim, existing.st_mtim))
            return verdict::leave;
        break;
    case overwrite_policy::different:
        if (may_keep && same_content(entry, status, existing, target))
            return verdict::keep;
        break;
    }
    if (!context_.options.dry_run &&
        ::unlinkat(entry.to_dir, entry.to, S_ISDIR(existing.st_mode) ? AT_REMOVEDIR : 0) != 0 &&
        errno != ENOENT)
    {
        errors_.add("unlinkat", errno);
        return verdict::failed;
    }
    return verdict::create;
}

ASIO_FS_DECL bool entry_copier::same_content(const item& entry, const struct ::stat& status,
                                             const struct ::stat& existing, const char* target)
{
    if (((status.st_mode ^ existing.st_mode) & S_IFMT) != 0)
        return false;
    if (S_ISREG(status.st_mode))
    {
        if (status.st_size != existing.st_size || !same_time(status.st_mtim, existing.st_mtim))
            return false;
    }
    else if (S_ISLNK(status.st_mode))
    {
        char text[PATH_MAX];
        const ssize_t n = ::readlinkat(entry.to_dir, entry.to, text, sizeof text);
        if (n < 0 || std::strlen(target) != static_cast<std::size_t>(n) ||
            std::memcmp(text, target, static_cast<std::size_t>(n)) != 0)
            return false;
    }
    else if (status.st_rdev != existing.st_rdev)
        return false;

    // An inode with other names stays only if it can stand for the same inode of the source with all its
    // names.
    if (existing.st_nlink == 1)
        return true;
    return context_.preserves(preserve_flags::links) && existing.st_nlink <= status.st_nlink &&
           context_.links.claim(id_of(existing));
}

// The content is right already; make the rest equal.
ASIO_FS_DECL entry_copier::outcome entry_copier::keep(const item& entry, const source& from)
{
    const unique_fd out{
        context_.directories.open_with([&] { return ::openat(entry.to_dir, entry.to, name_flags); })};
    struct ::stat existing;
    if (!out || ::fstat(out.get(), &existing) != 0)
        errors_.add("openat", errno);
    else if (id_of(existing) != id_of(kept_) || existing.st_nlink != kept_.st_nlink)
        errors_.add("openat", EBUSY); // not what was looked at: it might be anybody's
    else
    {
        if (!from.is_regular())
            attributes_.load(from.handle(), from.status.st_dev, errors_);
        attributes_.apply(from.handle(), {out.get(), true}, attributes_of(from.status),
                          attribute_copier::current::of(existing), errors_);
    }
    finished(entry, from.status, copy_entry::action::up_to_date);
    return outcome::done;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::link(const item& entry, const struct ::stat& status,
                                                      int target_dir, const char* target)
{
    current_ = &entry;
    errors_.clear();
    const auto done = [&](copy_entry::action what)
    {
        if (what == copy_entry::action::linked)
            counters_.hard_links.add(1);
        finished(entry, status, what);
        return outcome::done;
    };
    if (context_.options.dry_run)
        return done(copy_entry::action::linked);
    outcome result = outcome::failed;
    for (int look = 0;; ++look)
    {
        if (::linkat(target_dir, target, entry.to_dir, entry.to, 0) == 0)
        {
            result = done(copy_entry::action::linked);
            break;
        }
        const int failure = errno;
        struct ::stat existing, first;
        if (failure == EEXIST && look < most_looks)
        {
            if (::fstatat(entry.to_dir, entry.to, &existing, AT_SYMLINK_NOFOLLOW) == 0 &&
                ::fstatat(target_dir, target, &first, AT_SYMLINK_NOFOLLOW) == 0 &&
                id_of(existing) == id_of(first))
            {
                result = done(copy_entry::action::up_to_date);
                break;
            }
            const verdict decision = judge(entry, status, nullptr, false);
            if (decision == verdict::create)
                continue;
            if (decision == verdict::leave)
                finished(entry, status, copy_entry::action::up_to_date);
            result = outcome::left;
            break;
        }
        errors_.add("linkat", failure);
        break;
    }
    report(entry);
    return result;
}

} // namespace asio_fs::detail

#endif
