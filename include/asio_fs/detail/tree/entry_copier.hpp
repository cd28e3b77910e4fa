// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_ENTRY_COPIER_HPP
#define ASIO_FS_DETAIL_TREE_ENTRY_COPIER_HPP

#include <asio_fs/detail/tree/attribute_copier.hpp>
#include <asio_fs/detail/tree/content_copier.hpp>
#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_dir.hpp>
#include <asio_fs/detail/tree/step_errors.hpp>
#include <asio_fs/entry_type.hpp>
#include <asio_fs/unique_fd.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace asio_fs::detail {

// How often an entry is looked at again that keeps turning into something else.
inline constexpr int most_looks = 4;

/// Copy single entries that are not directories.
class entry_copier
{
public:
    /// An entry by its names in two open directories.
    struct item
    {
        copy_dir& dir;
        int from_dir;
        int to_dir; // negative if the directory does not exist, in a dry run
        const char* from;
        const char* to;
    };

    /// An entry of the source, open. Regular files can be read, all others are merely named.
    struct source
    {
        unique_fd fd;
        struct ::stat status;

        bool is_regular() const noexcept { return S_ISREG(status.st_mode); }
        inode_handle handle() const { return {fd.get(), !is_regular()}; }
    };

    enum class outcome : unsigned char
    {
        done,  ///< the entry is at the destination
        left,  ///< what is at the destination was left alone
        failed ///< nothing is at the destination, which was reported
    };

    ASIO_FS_DECL entry_copier(copy_context& context, lane_counters& counters, attribute_copier& attributes);

    /// Open an entry of the source without following it or waiting for it, whatever it has become since it
    /// was listed as a `hint`. Reports failure.
    ASIO_FS_DECL bool open(const item& entry, entry_type hint, source& result);

    /// Copy an entry.
    ASIO_FS_DECL outcome copy(const item& entry, source& from);

    /// Make an entry another name of one that was copied before.
    /// @return failed, without a report, if it has to be copied instead because links are impossible here.
    ASIO_FS_DECL outcome link(const item& entry, const struct ::stat& status, int target_dir,
                              const char* target);

private:
    /// What to do about the entry that is at the destination.
    enum class verdict : unsigned char
    {
        create,
        keep,
        leave,
        failed
    };

    ASIO_FS_DECL outcome preview(const item& entry, const source& from);
    ASIO_FS_DECL outcome copy_regular(const item& entry, source& from);
    ASIO_FS_DECL outcome copy_other(const item& entry, source& from);
    ASIO_FS_DECL outcome fill(const item& entry, source& from, unique_fd& out,
                              attribute_copier::current& have);
    ASIO_FS_DECL outcome keep(const item& entry, const source& from);
    ASIO_FS_DECL int create(const item& entry, const source& from, mode_t mode);
    ASIO_FS_DECL verdict judge(const item& entry, const struct ::stat& status, const char* target,
                               bool may_keep = true);
    ASIO_FS_DECL bool same_content(const item& entry, const struct ::stat& status,
                                   const struct ::stat& existing, const char* target);
    ASIO_FS_DECL mode_t creation_mode(const item& entry, const source& from, mode_t wanted,
                                      bool& exact) const;
    ASIO_FS_DECL bool read_target(const item& entry, const source& from);
    ASIO_FS_DECL void forget(const item& entry);
    ASIO_FS_DECL void finished(const item& entry, const struct ::stat& status, copy_entry::action what);
    ASIO_FS_DECL void count(const struct ::stat& status);
    ASIO_FS_DECL void report(const item& entry);

    copy_context& context_;
    lane_counters& counters_;
    attribute_copier& attributes_;
    content_copier content_;
    step_errors errors_;
    const item* current_ = nullptr;
    std::function<void(std::uint64_t)> moved_;
    std::unique_ptr<char[]> target_; // of the symbolic link that is being copied
    struct ::stat kept_;             // what judge() decided to keep
    bool read_without_atime_ = true;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/entry_copier.ipp>
#include <asio_fs/impl/tree/entry_copier_existing.ipp>
#endif

#endif
