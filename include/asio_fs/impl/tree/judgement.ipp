// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_JUDGEMENT_IPP
#define ASIO_FS_IMPL_TREE_JUDGEMENT_IPP

#include <asio_fs/detail/tree/judgement.hpp>

namespace asio_fs::detail {

// For overwrite_policy::different, of two entries of one kind.
inline verdict judge_content(const struct ::stat& from, const struct ::stat& to, comparison compare)
{
    if (S_ISLNK(from.st_mode))
        return verdict::compare;
    if (!S_ISREG(from.st_mode))
        return from.st_rdev == to.st_rdev ? verdict::keep : verdict::replace;
    if (from.st_size != to.st_size)
        return verdict::replace;
    switch (compare)
    {
    case comparison::size_and_time:
        return same_stored_time(from.st_mtim, to.st_mtim) ? verdict::keep : verdict::replace;
    case comparison::size:
        return verdict::keep;
    case comparison::content:
        break;
    }
    return verdict::compare;
}

ASIO_FS_DECL judgement judge(const struct ::stat& from, const struct ::stat* to, const copy_options& options,
                             const credentials& me)
{
    if (!to)
        return {options.existing_only ? verdict::leave_out : verdict::create, copy_changes::created};

    if (options.overwrite == overwrite_policy::never)
        return {verdict::leave, copy_changes::none};
    if (options.overwrite == overwrite_policy::newer &&
        (!later(from.st_mtim, to->st_mtim) || same_stored_time(from.st_mtim, to->st_mtim)))
        return {verdict::leave, copy_changes::none};
    if (options.keep_newer && S_ISREG(from.st_mode) && S_ISREG(to->st_mode) &&
        later(to->st_mtim, from.st_mtim))
        return {verdict::leave, copy_changes::none};
    if (((from.st_mode ^ to->st_mode) & S_IFMT) != 0)
        return {verdict::replace, copy_changes::created};

    copy_changes changes = attribute_changes(attributes_of(from), attributes_of(*to), options.preserve, me);
    const verdict what = options.overwrite == overwrite_policy::different
                             ? judge_content(from, *to, options.compare)
                             : verdict::replace;
    if (S_ISREG(from.st_mode) && what == verdict::replace)
    {
        if (from.st_size != to->st_size)
            changes |= copy_changes::size;
        if (!same_stored_time(from.st_mtim, to->st_mtim))
            changes |= copy_changes::modification_time;
    }
    else if ((S_ISCHR(from.st_mode) || S_ISBLK(from.st_mode)) && from.st_rdev != to->st_rdev)
        changes |= copy_changes::content;
    return {what, changes};
}

ASIO_FS_DECL copy_changes attribute_changes(const basic_attributes& wanted, const basic_attributes& have,
                                            preserve_flags preserve, const credentials& me)
{
    copy_changes changes = copy_changes::none;
    const bool directory = S_ISDIR(wanted.mode);
    const bool user_differs = has(preserve, preserve_flags::user) && wanted.user != have.user;
    const bool group_differs = has(preserve, preserve_flags::group) && wanted.group != have.group;
    const bool group_possible =
        me.may_change_owners() || (have.user == me.user && me.is_member(wanted.group));
    if (user_differs && me.may_change_owners())
        changes |= copy_changes::user;
    if (group_differs && group_possible)
        changes |= copy_changes::group;
    if (has(preserve, preserve_flags::mode) && !S_ISLNK(wanted.mode))
    {
        // What does not get its owner does not get the bits that act in the owner's name either.
        mode_t mode = wanted.mode & 07777;
        if (user_differs && !me.may_change_owners())
            mode &= ~static_cast<mode_t>(S_ISUID);
        const gid_t group = group_differs && group_possible ? wanted.group : have.group;
        if ((group_differs && !group_possible && !directory) || (!me.privileged && !me.is_member(group)))
            mode &= ~static_cast<mode_t>(S_ISGID);
        if (mode != (have.mode & 07777))
            changes |= copy_changes::mode;
    }
    if (directory && !has(preserve, preserve_flags::directory_times))
        return changes;
    if (has(preserve, preserve_flags::modification_time) && !same_stored_time(wanted.modified, have.modified))
        changes |= copy_changes::modification_time;
    // Asking where a symbolic link leads is an access, and cannot be hidden.
    if (has(preserve, preserve_flags::access_time) && !S_ISLNK(wanted.mode) &&
        !same_stored_time(wanted.accessed, have.accessed))
        changes |= copy_changes::access_time;
    return changes;
}

ASIO_FS_DECL bool is_wanted(mode_t mode, preserve_flags preserve)
{
    switch (mode & S_IFMT)
    {
    case S_IFLNK:
        return has(preserve, preserve_flags::symlinks);
    case S_IFBLK:
    case S_IFCHR:
        return has(preserve, preserve_flags::device_files);
    case S_IFIFO:
    case S_IFSOCK:
        return has(preserve, preserve_flags::special_files);
    default:
        return true;
    }
}

} // namespace asio_fs::detail

#endif
