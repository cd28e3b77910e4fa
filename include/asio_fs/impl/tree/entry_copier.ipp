// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_ENTRY_COPIER_IPP
#define ASIO_FS_IMPL_TREE_ENTRY_COPIER_IPP

#include <asio_fs/detail/tree/entry_copier.hpp>
#include <asio_fs/detail/tree/pause.hpp>

#include <algorithm>
#include <iterator>
#include <string>

#include <limits.h>
#include <unistd.h>

namespace asio_fs::detail {

ASIO_FS_DECL entry_copier::entry_copier(copy_context& context, lane_counters& counters,
                                        attribute_copier& attributes, extraneous_remover* extraneous)
    : context_(context), counters_(counters), attributes_(attributes), extraneous_(extraneous),
      content_(make_copier(context.preserves(preserve_flags::sparse))),
      bytes_(std::clamp<std::size_t>(context.options.buffer_size, 4096, 1 << 20),
             [this] { return context_.monitor.stopping(); }),
      moved_(
          [this](std::uint64_t bytes)
          {
              counters_.bytes_copied.add(bytes);
              if (context_.rate.is_set())
                  pause_until(context_.rate.moved(bytes, rate_limit::clock::now()),
                              [this] { return context_.monitor.stopping(); });
              context_.monitor.tick([this] { return current_->dir.path_of(current_->from); });
          }),
      target_(new char[PATH_MAX + 1])
{}

ASIO_FS_DECL content_copier entry_copier::make_copier(bool sparse)
{
    const copy_options& options = context_.options;
    return content_copier(
        options.method, sparse, options.buffer_size,
        context_.rate.is_set() ? options.buffer_size : std::uint64_t{8} << 20, options.queue_depth,
        [this] { return context_.monitor.stopping(); },
        [this] { return context_.rate.is_set() ? 0u : context_.team.spare(); });
}

// Where most of what is met stays as it is, opening it would cost more than everything else.
ASIO_FS_DECL bool entry_copier::looks_first(const item& entry) const noexcept
{
    const copy_options& options = context_.options;
    return options.dry_run ||
           (entry.dir.existed && (options.overwrite != overwrite_policy::always || options.keep_newer ||
                                  options.existing_only || options.atomic || options.in_place));
}

ASIO_FS_DECL bool entry_copier::look(const item& entry, entry_type hint, source& result)
{
    if (!looks_first(entry))
        return open(entry, hint, result);
    for (unsigned attempt = 0;; ++attempt)
    {
        errors_.clear();
        if (::fstatat(entry.from_dir, entry.from, &result.status, AT_SYMLINK_NOFOLLOW) == 0)
            return true;
        if (errno == ENOENT)
            counters_.vanished.add(1);
        errors_.add("fstatat", errno);
        if (!try_again(attempt))
            break;
    }
    report(entry);
    return false;
}

ASIO_FS_DECL bool entry_copier::open(const item& entry, entry_type hint, source& result)
{
    for (unsigned attempt = 0;; ++attempt)
    {
        errors_.clear();
        if (try_open(entry, hint, result))
            return true;
        if (!try_again(attempt))
            break;
    }
    report(entry);
    return false;
}

ASIO_FS_DECL bool entry_copier::try_open(const item& entry, entry_type hint, source& result)
{
    for (int look = 0; look < most_looks; ++look)
    {
        const bool regular = hint == entry_type::regular;
        const auto open_as = [&](int flags)
        {
            return context_.directories.open_with(
                [&] { return plain_calls::openat(entry.from_dir, entry.from, flags); });
        };
        int fd;
        if (!regular)
            fd = open_as(name_flags);
        else
        {
            if (!result.pass)
                result.pass = context_.files.enter();
            fd = open_as(read_without_atime_ ? entry_flags | O_NOATIME : entry_flags);
            if (fd < 0 && errno == EPERM && read_without_atime_)
            {
                // Only for the owner and root.
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
            const int failure = errno;
            if (failure == ENOENT)
                counters_.vanished.add(1);
            errors_.add("openat", failure);
            result.close();
            return false;
        }
        result.fd.reset(fd);
        result.readable = regular;
        if (::fstat(fd, &result.status) != 0)
        {
            errors_.add("fstat", errno);
            result.close();
            return false;
        }
        // Others should not have to try for each file; those of one owner often lie together.
        if (regular)
            read_without_atime_ = context_.me.privileged || result.status.st_uid == context_.me.user;
        if (regular == result.is_regular())
        {
            if (!regular)
                result.pass.reset();
            return true;
        }
        hint = regular ? entry_type::unknown : entry_type::regular;
    }
    result.close();
    errors_.add("openat", EBUSY);
    return false;
}

// What was looked at is to be read after all. Another entry may have taken its name; only the names of one
// inode depend on which it is.
ASIO_FS_DECL bool entry_copier::open_looked_at(const item& entry, source& from)
{
    const struct ::stat before = from.status;
    if (!try_open(entry, entry_type_of(before.st_mode), from))
        return false;
    const bool other = id_of(before) != id_of(from.status);
    const bool grouped = before.st_nlink > 1 && context_.preserves(preserve_flags::links);
    if ((!other || !grouped) && ((before.st_mode ^ from.status.st_mode) & S_IFMT) == 0)
        return true;
    from.close();
    errors_.add("openat", EBUSY);
    return false;
}

ASIO_FS_DECL bool entry_copier::read_target(const item& entry, const source& from)
{
    const ssize_t n = from.fd ? ::readlinkat(from.fd.get(), "", target_.get(), PATH_MAX + 1)
                              : ::readlinkat(entry.from_dir, entry.from, target_.get(), PATH_MAX + 1);
    if (n < 0 || n > PATH_MAX)
    {
        errors_.add("readlinkat", n < 0 ? errno : ENAMETOOLONG);
        return false;
    }
    target_[static_cast<std::size_t>(n)] = 0;
    return true;
}

// Whether what failed may succeed later, and there are attempts left.
ASIO_FS_DECL bool entry_copier::may_pass(unsigned attempt) const
{
    const auto passes = [](const step_errors::item& failure)
    {
        constexpr int passing[] = {EINTR, EAGAIN, ENOMEM, EMFILE, ENFILE, ESTALE};
        return std::any_of(std::begin(passing), std::end(passing),
                           [&](int error) { return failure.code == errno_code(error); });
    };
    return attempt < context_.options.retry.attempts && std::any_of(errors_.begin(), errors_.end(), passes);
}

// Whether to try what failed once more. Waits before it says so.
ASIO_FS_DECL bool entry_copier::try_again(unsigned attempt)
{
    if (!may_pass(attempt))
        return false;
    const auto delay = context_.options.retry.delay * (1 << std::min(attempt, 16u));
    return pause_until(rate_limit::clock::now() + delay, [this] { return context_.monitor.stopping(); });
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy(const item& entry, source& from)
{
    current_ = &entry;
    const struct ::stat status = from.status;
    outcome result;
    for (attempt_ = 0;; ++attempt_)
    {
        errors_.clear();
        attributes_.unload();
        was_kept_ = false;
        result = copy_once(entry, from);
        if (result != outcome::failed || !try_again(attempt_))
            break;
        if (entry.from_dir >= 0)
            from.close();
        from.status = status;
    }
    report(entry);
    context_.monitor.tick([&] { return entry.dir.path_of(entry.from); });
    return result;
}

ASIO_FS_DECL entry_copier::outcome entry_copier::copy_once(const item& entry, source& from)
{
    changes_ = copy_changes::created;
    target_[0] = 0;
    if (!is_wanted(from.status.st_mode, context_.options.preserve))
        return leave(entry, from, verdict::leave_out);
    if (S_ISLNK(from.status.st_mode) && !read_target(entry, from))
        return outcome::failed;
    verdict what = verdict::create;
    if (looks_first(entry))
    {
        if (!decide(entry, from, what))
            return outcome::failed;
        if (what != verdict::create && what != verdict::replace)
            return leave(entry, from, what);
        if (context_.options.dry_run)
            return preview(entry, from);
    }
    if (!from.fd)
    {
        if (!open_looked_at(entry, from))
            return outcome::failed;
        if (S_ISLNK(from.status.st_mode) && !read_target(entry, from))
            return outcome::failed;
    }
    return from.is_regular() ? copy_regular(entry, from, what) : copy_other(entry, from, what);
}

ASIO_FS_DECL void entry_copier::finished(const item& entry, const struct ::stat& status,
                                         copy_entry::action what, std::string_view target)
{
    const bool nothing_done = what == copy_entry::action::up_to_date || what == copy_entry::action::left_out;
    if (nothing_done)
        counters_.skipped.add(1);
    if (S_ISLNK(status.st_mode) && target.empty())
        target = target_.get();
    context_.monitor.entry([&] { return entry.dir.path_of(entry.from); }, entry_type_of(status.st_mode), what,
                           S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0, changes_,
                           target);
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
