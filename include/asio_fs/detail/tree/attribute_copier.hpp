// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_ATTRIBUTE_COPIER_HPP
#define ASIO_FS_DETAIL_TREE_ATTRIBUTE_COPIER_HPP

#include <asio_fs/copy_changes.hpp>
#include <asio_fs/detail/tree/basic_attributes.hpp>
#include <asio_fs/detail/tree/inode_handle.hpp>
#include <asio_fs/detail/tree/step_errors.hpp>
#include <asio_fs/detail/tree/xattr_source.hpp>
#include <asio_fs/preserve_flags.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace asio_fs::detail {

/// Carry owner, extended attributes, access control lists, mode and times from one inode to another.
///
/// The order matters: changing the owner clears special bits and capabilities, so it comes first; the access
/// control list comes before the mode, so that nobody gets more than in the end; the times come last.
class attribute_copier
{
public:
    /// What is known about the inode at the destination.
    struct current
    {
        static constexpr mode_t unknown_mode = static_cast<mode_t>(-1);

        uid_t user = 0;
        gid_t group = 0;
        mode_t mode = unknown_mode; ///< as in st_mode
        bool existed = false;       ///< before this copy: what the source does not have is taken away
        bool keep_times = false;    ///< leave the times alone
        timespec accessed = {};     ///< meaningful only if it existed
        timespec modified = {};
        mode_t predecessor = unknown_mode; ///< of the file that this one replaces

        /// What is known about an inode that existed.
        static current of(const struct ::stat& status) noexcept
        {
            return {status.st_uid, status.st_gid,  status.st_mode, true,
                    false,         status.st_atim, status.st_mtim, unknown_mode};
        }
    };

    ASIO_FS_DECL attribute_copier(preserve_flags preserve, bool privileged, mode_t umask);

    /// Read which extended attributes an inode of the source has. Their values are read by apply().
    ASIO_FS_DECL void load(const xattr_source& in, dev_t device, step_errors& errors);

    /// Whether load() found any that are to be carried over.
    bool any() const noexcept { return any_; }

    /// Forget what load() found.
    void unload() noexcept
    {
        used_ = 0;
        any_ = loaded_ = xfs_ = false;
    }

    /// The mode an entry is to have in the end, special bits included.
    ASIO_FS_DECL mode_t final_mode(const basic_attributes& wanted, const current& have) const noexcept;

    /// Give `out` the attributes `wanted` and the extended attributes of `in`, which load() was called for.
    ASIO_FS_DECL void apply(const xattr_source& in, const inode_handle& out, const basic_attributes& wanted,
                            const current& have, step_errors& errors);

    /// Say whether extended attributes or access control lists of an inode at the destination differ from
    /// those of `in`, which load() was called for. Nothing is changed.
    ASIO_FS_DECL copy_changes differences(const xattr_source& in, const xattr_source& out, dev_t out_device);

    /// Take away the access control lists that a new entry got from its directory.
    ASIO_FS_DECL static void drop_inherited_acls(const inode_handle& out, bool directory);

private:
    enum class kind : unsigned char
    {
        other,
        acl,
        capability,
        unwanted
    };

    ASIO_FS_DECL kind kind_of(std::string_view name) const noexcept;
    ASIO_FS_DECL bool file_system_has_none(dev_t device) const noexcept;
    ASIO_FS_DECL bool set_owner(const inode_handle& out, const basic_attributes& wanted, current& now,
                                mode_t& mode, step_errors& errors) const;
    ASIO_FS_DECL void set_times(const inode_handle& out, const basic_attributes& wanted, const current& have,
                                step_errors& errors) const;
    ASIO_FS_DECL static bool is_label(std::string_view name) noexcept;
    ASIO_FS_DECL void prune(const inode_handle& out, step_errors& errors);
    ASIO_FS_DECL void set_xattrs(kind which, const xattr_source& in, const inode_handle& out, bool compare,
                                 mode_t& mode, current& now, step_errors& errors);
    ASIO_FS_DECL bool is_listed(std::string_view name) const noexcept;

    static constexpr std::size_t capacity = 64 * 1024; // XATTR_LIST_MAX and XATTR_SIZE_MAX

    const preserve_flags preserve_;
    const bool privileged_;
    const mode_t umask_;
    std::unique_ptr<char[]> names_;
    std::unique_ptr<char[]> value_;
    std::unique_ptr<char[]> other_;
    std::size_t used_ = 0;
    bool any_ = false;
    bool loaded_ = false;
    bool xfs_ = false;
    std::vector<dev_t> without_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/attribute_copier.ipp>
#endif

#endif
