// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_ATTRIBUTE_COPIER_IPP
#define ASIO_FS_IMPL_TREE_ATTRIBUTE_COPIER_IPP

#include <asio_fs/detail/tree/attribute_copier.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <linux/magic.h>
#include <sys/vfs.h>

namespace asio_fs::detail {

inline constexpr std::string_view xattr_acl_access = "system.posix_acl_access";
inline constexpr std::string_view xattr_acl_default = "system.posix_acl_default";
// xfs shows root its access control lists a second time under such names.
inline constexpr std::string_view xattr_acl_view = "trusted.SGI_ACL_";
inline constexpr std::string_view xattr_capability = "security.capability";

// Names in a list as listxattr(2) gives it: each ends with a NUL.
template <class Function>
void for_each_name(const char* list, std::size_t size, Function&& function)
{
    for (const char* at = list; at < list + size;)
    {
        const std::string_view name(at);
        function(name);
        at += name.size() + 1;
    }
}

// The permissions of the owning group in an access control list. Its mode shows the mask in their place.
inline mode_t group_permissions(const char* value, std::size_t size, mode_t otherwise) noexcept
{
    constexpr std::uint16_t owning_group = 4;
    for (std::size_t at = 4; at + 8 <= size; at += 8)
    {
        std::uint16_t tag, permissions;
        std::memcpy(&tag, value + at, sizeof tag);
        std::memcpy(&permissions, value + at + 2, sizeof permissions);
        if (tag == owning_group)
            return static_cast<mode_t>((permissions & 7u) << 3);
    }
    return otherwise;
}

ASIO_FS_DECL attribute_copier::attribute_copier(preserve_flags preserve, bool privileged, mode_t umask)
    : preserve_(preserve), privileged_(privileged), umask_(umask), names_(new char[capacity]),
      value_(new char[capacity]), other_(new char[capacity])
{}

ASIO_FS_DECL attribute_copier::kind attribute_copier::kind_of(std::string_view name) const noexcept
{
    if (name == xattr_acl_access || name == xattr_acl_default)
        return has(preserve_, preserve_flags::acls) ? kind::acl : kind::unwanted;
    if (!has(preserve_, preserve_flags::xattrs) || (xfs_ && name.starts_with(xattr_acl_view)))
        return kind::unwanted;
    return name == xattr_capability ? kind::capability : kind::other;
}

ASIO_FS_DECL bool attribute_copier::file_system_has_none(dev_t device) const noexcept
{
    return std::find(without_.begin(), without_.end(), device) != without_.end();
}

ASIO_FS_DECL void attribute_copier::load(const xattr_source& in, dev_t device, step_errors& errors)
{
    unload();
    loaded_ = true;
    if ((preserve_ & (preserve_flags::xattrs | preserve_flags::acls)) == preserve_flags::none ||
        file_system_has_none(device))
        return;
    const ssize_t n = in.list_all(names_.get(), capacity);
    if (n < 0)
    {
        if (errno == EOPNOTSUPP)
            without_.push_back(device);
        else
        {
            loaded_ = false;
            errors.add("listxattr", errno);
        }
        return;
    }
    used_ = static_cast<std::size_t>(n);
    for_each_name(names_.get(), used_,
                  [&](std::string_view name)
                  {
                      struct ::statfs file_system;
                      if (name.starts_with(xattr_acl_view) && ::fstatfs(in.file_system(), &file_system) == 0)
                          xfs_ = file_system.f_type == XFS_SUPER_MAGIC;
                      any_ = any_ || kind_of(name) != kind::unwanted;
                  });
}

ASIO_FS_DECL mode_t attribute_copier::final_mode(const basic_attributes& wanted,
                                                 const current& have) const noexcept
{
    if (has(preserve_, preserve_flags::mode))
        return wanted.mode & 07777;
    if (have.existed)
        return have.mode & 07777;
    // Whoever may read a file, may read what replaces it. What runs on behalf of its owner was another program.
    if (have.predecessor != current::unknown_mode)
        return have.predecessor & 0777;
    // A directory may have the set-group-ID bit from its parent.
    const mode_t inherited = S_ISDIR(wanted.mode) ? have.mode & S_ISGID : 0;
    return (wanted.mode & 0777 & ~umask_) | inherited;
}

ASIO_FS_DECL void attribute_copier::apply(const xattr_source& in, const inode_handle& out,
                                          const basic_attributes& wanted, const current& have,
                                          step_errors& errors)
{
    current now = have;
    mode_t mode = final_mode(wanted, have);
    const bool compare = have.existed;
    if ((preserve_ & preserve_flags::owner) != preserve_flags::none)
        set_owner(out, wanted, now, mode, errors);
    if (have.existed && loaded_)
        prune(out, errors);
    if (any_)
    {
        set_xattrs(kind::other, in, out, compare, mode, now, errors);
        set_xattrs(kind::acl, in, out, compare, mode, now, errors);
    }
    if (!S_ISLNK(wanted.mode) && (now.mode == current::unknown_mode || (now.mode & 07777) != mode) &&
        out.chmod(mode) != 0)
        errors.add("chmod", errno);
    if (any_)
        set_xattrs(kind::capability, in, out, compare, mode, now, errors);
    if (!have.keep_times)
        set_times(out, wanted, have, errors);
}

// File systems clamp times they cannot hold without a word.
ASIO_FS_DECL void attribute_copier::set_times(const inode_handle& out, const basic_attributes& wanted,
                                              const current& have, step_errors& errors) const
{
    const bool at_all = !S_ISDIR(wanted.mode) || has(preserve_, preserve_flags::directory_times);
    const bool modified = at_all && has(preserve_, preserve_flags::modification_time);
    const bool accessed = at_all && has(preserve_, preserve_flags::access_time);
    const bool right = have.existed && (!modified || same_time(have.modified, wanted.modified)) &&
                       (!accessed || same_time(have.accessed, wanted.accessed));
    if (right || !(modified || accessed))
        return;
    constexpr timespec omit{0, UTIME_OMIT};
    if (out.set_times({accessed ? wanted.accessed : omit, modified ? wanted.modified : omit}) != 0)
    {
        errors.add("utimensat", errno);
        return;
    }
    constexpr time_t last = 0x7fffffff; // what all of them can hold goes up to 2038
    const auto is_unusual = [](const timespec& time) { return time.tv_sec < 0 || time.tv_sec > last; };
    struct ::stat status;
    if (((modified && is_unusual(wanted.modified)) || (accessed && is_unusual(wanted.accessed))) &&
        ::fstat(out.fd(), &status) == 0 &&
        ((modified && status.st_mtim.tv_sec != wanted.modified.tv_sec) ||
         (accessed && status.st_atim.tv_sec != wanted.accessed.tv_sec)))
        errors.add("utimensat", ERANGE);
}

// Without privilege a copy belongs to whoever makes it, which is no failure; a group it may be given to is
// tried. A copy that does not have its owner must not act in the owner's name.
ASIO_FS_DECL bool attribute_copier::set_owner(const inode_handle& out, const basic_attributes& wanted,
                                              current& now, mode_t& mode, step_errors& errors) const
{
    const bool other_user = has(preserve_, preserve_flags::user) && now.user != wanted.user;
    const bool other_group = has(preserve_, preserve_flags::group) && now.group != wanted.group;
    if (!other_user && !other_group)
        return true;
    const uid_t user = other_user ? wanted.user : static_cast<uid_t>(-1);
    const gid_t group = other_group ? wanted.group : static_cast<gid_t>(-1);
    now.mode = current::unknown_mode;
    if (out.chown(user, group) == 0)
        return true;
    const int failure = errno;
    const bool group_set = !other_group || out.chown(static_cast<uid_t>(-1), group) == 0;
    if (other_user)
        mode &= ~static_cast<mode_t>(S_ISUID);
    if (!group_set && !S_ISDIR(wanted.mode))
        mode &= ~static_cast<mode_t>(S_ISGID);
    if (privileged_ || failure != EPERM)
        errors.add("chown", failure);
    return false;
}

// Security labels are left alone: a policy puts them there.
ASIO_FS_DECL void attribute_copier::prune(const inode_handle& out, step_errors& errors)
{
    const ssize_t n = out.list_all(other_.get(), capacity);
    if (n <= 0)
        return;
    for_each_name(other_.get(), static_cast<std::size_t>(n),
                  [&](std::string_view name)
                  {
                      if (kind_of(name) == kind::unwanted || is_listed(name) || is_label(name))
                          return;
                      if (out.remove_xattr(name.data()) != 0 && errno != ENODATA)
                          errors.add("removexattr", errno);
                  });
}

ASIO_FS_DECL void attribute_copier::set_xattrs(kind which, const xattr_source& in, const inode_handle& out,
                                               bool compare, mode_t& mode, current& now, step_errors& errors)
{
    for_each_name(names_.get(), used_,
                  [&](std::string_view name)
                  {
                      if (kind_of(name) != which)
                          return;
                      const ssize_t n = in.get_all(name.data(), value_.get(), capacity);
                      if (n < 0)
                      {
                          if (errno != ENODATA)
                              errors.add("getxattr", errno);
                          return;
                      }
                      const auto size = static_cast<std::size_t>(n);
                      if (compare && out.get_all(name.data(), other_.get(), capacity) == n &&
                          std::memcmp(value_.get(), other_.get(), size) == 0)
                          return;
                      if (which == kind::acl)
                          now.mode = current::unknown_mode;
                      if (out.set_xattr(name.data(), value_.get(), size) == 0)
                          return;
                      const int failure = errno;
                      if (name == xattr_acl_access)
                          mode &= static_cast<mode_t>(~070u) | group_permissions(value_.get(), size, 070);
                      // Labels belong to the policy of the system; only root may try to choose them.
                      if (privileged_ || !is_label(name) || (failure != EPERM && failure != EACCES))
                          errors.add("setxattr", failure);
                  });
}

ASIO_FS_DECL bool attribute_copier::is_label(std::string_view name) noexcept
{
    return name.starts_with("security.") && name != xattr_capability;
}

ASIO_FS_DECL bool attribute_copier::is_listed(std::string_view name) const noexcept
{
    bool found = false;
    for_each_name(names_.get(), used_, [&](std::string_view listed) { found = found || listed == name; });
    return found;
}

// What prune() would take away and set_xattrs() set. What cannot be read counts as different: they will say
// why.
ASIO_FS_DECL copy_changes attribute_copier::differences(const xattr_source& in, const xattr_source& out,
                                                        dev_t out_device)
{
    copy_changes changes = copy_changes::none;
    if (!loaded_ || (preserve_ & (preserve_flags::xattrs | preserve_flags::acls)) == preserve_flags::none)
        return changes;
    const auto differs = [&](kind which)
    { changes |= which == kind::acl ? copy_changes::acls : copy_changes::xattrs; };
    if (!file_system_has_none(out_device))
    {
        const ssize_t n = out.list_all(other_.get(), capacity);
        if (n < 0 && errno == EOPNOTSUPP)
            without_.push_back(out_device);
        else if (n < 0)
            differs(kind::other);
        for_each_name(other_.get(), n > 0 ? static_cast<std::size_t>(n) : 0,
                      [&](std::string_view name)
                      {
                          const kind which = kind_of(name);
                          if (which != kind::unwanted && !is_listed(name) && !is_label(name))
                              differs(which);
                      });
    }
    if (!any_)
        return changes;
    for_each_name(names_.get(), used_,
                  [&](std::string_view name)
                  {
                      const kind which = kind_of(name);
                      if (which == kind::unwanted || (is_label(name) && !privileged_))
                          return;
                      const ssize_t n = in.get_all(name.data(), value_.get(), capacity);
                      if (n < 0 ? errno != ENODATA
                                : out.get_all(name.data(), other_.get(), capacity) != n ||
                                      std::string_view(value_.get(), static_cast<std::size_t>(n)) !=
                                          std::string_view(other_.get(), static_cast<std::size_t>(n)))
                          differs(which);
                  });
    return changes;
}

ASIO_FS_DECL void attribute_copier::drop_inherited_acls(const inode_handle& out, bool directory)
{
    out.remove_xattr(xattr_acl_access.data());
    if (directory)
        out.remove_xattr(xattr_acl_default.data());
}

} // namespace asio_fs::detail

#endif
