// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ACL_HPP
#define ASIO_FS_ACL_HPP

#include <asio_fs/acl_entry.hpp>
#include <asio_fs/acl_text_options.hpp>
#include <asio_fs/acl_type.hpp>
#include <asio_fs/error.hpp>

#include <boost/asio/buffer.hpp>

#include <sys/stat.h>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace asio_fs {

/// A POSIX access control list: a value, made from the text of `getfacl`, from mode bits, or from what the
/// kernel stores.
/**
 * <!-- snippet reference.cpp acl -->
 * @code
 * asio_fs::acl list = file.acl_get_fd();
 * list.set({asio_fs::acl_tag::user, asio_fs::acl_perms::read | asio_fs::acl_perms::write, uid});
 * list.calc_mask();
 * file.acl_set_fd(list);
 * @endcode
 *
 * Its entries are always in the order of acl(5): the owner, users by id, the group, groups by id, the mask,
 * others. It may hold a list that no file can have; valid() tells. An empty one, as a default list, stands
 * for none.
 */
class acl
{
public:
    /// Steps over the entries, which change through the members only.
    using const_iterator = std::vector<acl_entry>::const_iterator;

    /// Makes a list without entries.
    acl() = default;

    /// Makes a list of entries in any order.
    ASIO_FS_DECL acl(std::initializer_list<acl_entry> entries);

    /// Makes a list of entries in any order.
    ASIO_FS_DECL explicit acl(std::vector<acl_entry> entries);

    /// Makes the list that mode bits stand for: acl_from_mode(3).
    ASIO_FS_DECL static acl from_mode(mode_t mode);

    /// Reads the text form, long or short: what getfacl prints and `setfacl -M` reads.
    /**
     * Entries are separated by commas or newlines; `#` begins a comment. An entry is `user`, `group`, `mask`
     * or `other`, or its first letter, a colon, the user or group if it is one, a colon, and the permissions:
     * letters of `rwx` and dashes, or an octal digit. Users and groups are numbers or names, which the
     * system's databases are asked for; that may block. `X`, which depends on the file, is not known here.
     * Nothing is added: see calc_mask() and valid().
     *
     * @param text the text
     * @param which the access list, or the default list, whose entries have `default:` or `d:` in front.
     * Entries of the other one are checked and left out.
     * @param ec EINVAL if this is no text form, or names someone unknown
     * @returns the list; empty beside an error
     */
    ASIO_FS_DECL static acl from_text(std::string_view text, acl_type which, error_code& ec);

    /// Reads the text form of an access list. See the form with two more parameters.
    static acl from_text(std::string_view text, error_code& ec)
    {
        return from_text(text, acl_type::access, ec);
    }

    /// Reads the text form. See the form with an error_code.
    /**
     * @throws system_error EINVAL; its text says which entry is wrong
     */
    ASIO_FS_DECL static acl from_text(std::string_view text, acl_type which = acl_type::access);

    /// Reads what the kernel stores in `system.posix_acl_access` and `system.posix_acl_default`.
    /**
     * @param value the value of the attribute, any bytes whatsoever
     * @param ec EINVAL if that is no list
     * @returns the list; empty beside an error
     */
    ASIO_FS_DECL static acl from_xattr(const asio::const_buffer& value, error_code& ec);

    /// Reads what the kernel stores. See the form with an error_code.
    /**
     * @throws system_error EINVAL
     */
    ASIO_FS_DECL static acl from_xattr(const asio::const_buffer& value);

    /// Writes the long text form: an entry a line, each with a newline behind it, as `getfacl -c` does.
    ASIO_FS_DECL std::string to_text(const acl_text_options& options = {}) const;

    /// Writes what the kernel stores.
    ASIO_FS_DECL std::vector<unsigned char> to_xattr() const;

    /// Whether a file can have this list: acl_valid(3).
    /**
     * One entry for the owner, the group and others each; a mask where there are entries for users or groups
     * by id, and at most one; no user and no group twice.
     */
    ASIO_FS_DECL bool valid() const noexcept;

    /// The permission bits that say the same; nothing if there are entries that no bits can express:
    /// acl_equiv_mode(3).
    ASIO_FS_DECL std::optional<mode_t> equiv_mode() const noexcept;

    /// The entry for someone; null if there is none.
    ASIO_FS_DECL const acl_entry* find(acl_tag tag, std::uint32_t id = acl_entry::no_id) const noexcept;

    /// Adds an entry, or changes the permissions of the one that there is.
    ASIO_FS_DECL void set(const acl_entry& entry);

    /// Removes the entry for someone.
    /**
     * @returns whether there was one
     */
    ASIO_FS_DECL bool erase(acl_tag tag, std::uint32_t id = acl_entry::no_id) noexcept;

    /// Sets the mask to what users, groups and the file's group are granted altogether: acl_calc_mask(3).
    ASIO_FS_DECL void calc_mask();

    /// What an entry grants under the mask.
    ASIO_FS_DECL acl_perms effective(const acl_entry& entry) const noexcept;

    /// The first entry, in the order of acl(5).
    const_iterator begin() const noexcept { return entries_.begin(); }

    /// Past the last entry.
    const_iterator end() const noexcept { return entries_.end(); }

    /// How many entries there are.
    std::size_t size() const noexcept { return entries_.size(); }

    /// Whether there is no entry.
    bool empty() const noexcept { return entries_.empty(); }

    /// Whether both hold the same entries.
    friend bool operator==(const acl&, const acl&) = default;

private:
    ASIO_FS_DECL void sort();

    std::vector<acl_entry> entries_;
};

} // namespace asio_fs

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/acl.ipp>
#include <asio_fs/impl/acl_text.ipp>
#endif

#endif
