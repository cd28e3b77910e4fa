// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_ENTRY_COPIER_HPP
#define ASIO_FS_DETAIL_TREE_ENTRY_COPIER_HPP

#include <asio_fs/detail/tree/attribute_copier.hpp>
#include <asio_fs/detail/tree/byte_comparer.hpp>
#include <asio_fs/detail/tree/content_copier.hpp>
#include <asio_fs/detail/tree/copy_context.hpp>
#include <asio_fs/detail/tree/copy_dir.hpp>
#include <asio_fs/detail/tree/extraneous_remover.hpp>
#include <asio_fs/detail/tree/file_gate.hpp>
#include <asio_fs/detail/tree/judgement.hpp>
#include <asio_fs/detail/tree/plain_calls.hpp>
#include <asio_fs/detail/tree/step_errors.hpp>
#include <asio_fs/detail/tree/successor.hpp>
#include <asio_fs/entry_type.hpp>
#include <asio_fs/unique_fd.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

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
        int from_dir; // negative if the source is open already and has no name
        int to_dir;   // negative if the directory does not exist, in a dry run
        const char* from;
        const char* to;
    };

    /// An entry of the source. Regular files are opened to be read, all others are merely named.
    struct source
    {
        unique_fd fd; ///< none while it was only looked at
        struct ::stat status = {};
        bool readable = false;     ///< `fd` was not opened with O_PATH
        file_gate::pass pass = {}; ///< of a file that is open, if their number is bounded

        source() = default;
        source(const source&) = delete;
        source& operator=(const source&) = delete;
        ~source() { close(); }

        bool is_regular() const noexcept { return S_ISREG(status.st_mode); }
        inode_handle handle() const { return {fd.get(), !readable}; }
        void close() noexcept
        {
            if (fd)
                plain_calls::close(fd.release());
            pass.reset();
            readable = false;
        }
    };

    enum class outcome : unsigned char
    {
        done,  ///< the entry is at the destination
        left,  ///< what is at the destination was left alone
        failed ///< nothing new is at the destination, which was reported
    };

    /// @param extraneous  Removes what is in the way of an entry, if that is wanted.
    ASIO_FS_DECL entry_copier(copy_context& context, lane_counters& counters, attribute_copier& attributes,
                              extraneous_remover* extraneous = nullptr);

    /// Find out what an entry of the source is. It is opened if it is going to be read in any case; otherwise
    /// copy() does it when it has to. Reports failure.
    ASIO_FS_DECL bool look(const item& entry, entry_type hint, source& result);

    /// Open an entry of the source without following it or waiting for it, whatever it has become since it
    /// was listed as a `hint`. Reports failure.
    ASIO_FS_DECL bool open(const item& entry, entry_type hint, source& result);

    /// Copy an entry. Failures that may pass are tried again.
    ASIO_FS_DECL outcome copy(const item& entry, source& from);

    /// Whether the entry copied last had its content at the destination already.
    bool kept() const noexcept { return was_kept_; }

    /// Make an entry another name of one that was copied before.
    /// @param target_dir  The directory of that one, open.
    /// @return failed, if it has to be copied instead because links are impossible here.
    ASIO_FS_DECL outcome link(const item& entry, const struct ::stat& status, int target_dir,
                              const link_groups::target& target);

private:
    // Finding and opening the source.
    ASIO_FS_DECL bool looks_first(const item& entry) const noexcept;
    ASIO_FS_DECL bool try_open(const item& entry, entry_type hint, source& result);
    ASIO_FS_DECL bool open_looked_at(const item& entry, source& from);
    ASIO_FS_DECL bool read_target(const item& entry, const source& from);
    ASIO_FS_DECL bool may_pass(unsigned attempt) const;
    ASIO_FS_DECL bool try_again(unsigned attempt);

    // What is at the destination, and what to do about it.
    ASIO_FS_DECL bool decide(const item& entry, source& from, verdict& what, bool linking = false);
    ASIO_FS_DECL bool same_bytes(const item& entry, source& from, bool& same);
    ASIO_FS_DECL bool same_target(const item& entry) const;
    ASIO_FS_DECL bool may_stay(const struct ::stat& status);
    ASIO_FS_DECL void add_xattr_changes(const item& entry, const source& from);
    ASIO_FS_DECL outcome leave(const item& entry, source& from, verdict what);
    ASIO_FS_DECL outcome keep(const item& entry, source& from);
    ASIO_FS_DECL bool make_room(const item& entry, verdict& what);

    // Making it.
    ASIO_FS_DECL outcome copy_once(const item& entry, source& from);
    ASIO_FS_DECL outcome preview(const item& entry, const source& from);
    ASIO_FS_DECL outcome copy_regular(const item& entry, source& from, verdict what);
    ASIO_FS_DECL outcome copy_other(const item& entry, source& from, verdict what);
    ASIO_FS_DECL outcome overwrite(const item& entry, source& from);
    template <class Call>
    int make(const item& entry, source& from, verdict& what, successor& next, std::string_view step,
             Call&& call);
    ASIO_FS_DECL outcome fill(const item& entry, source& from, unique_fd& out,
                              attribute_copier::current& have, content_copier& copier);
    ASIO_FS_DECL bool verify(const source& from, int out, bool& same);
    ASIO_FS_DECL bool complete(const source& from, const inode_handle& out,
                               const attribute_copier::current& have);
    ASIO_FS_DECL bool shut(unique_fd& out);
    ASIO_FS_DECL bool shut_duplicate(int out);
    ASIO_FS_DECL bool publish(successor& next, int fd);
    ASIO_FS_DECL static void date_back(int fd, const source& from);
    ASIO_FS_DECL void abandon(successor& next, int fd, const source& from);
    ASIO_FS_DECL mode_t creation_mode(const item& entry, const source& from, verdict what, mode_t wanted,
                                      bool& exact) const;
    ASIO_FS_DECL content_copier make_copier(bool sparse);
    ASIO_FS_DECL content_copier& writer_in_place();

    ASIO_FS_DECL void finished(const item& entry, const struct ::stat& status, copy_entry::action what,
                               std::string_view target = {});
    ASIO_FS_DECL void count(const struct ::stat& status);
    ASIO_FS_DECL void report(const item& entry);

    copy_context& context_;
    lane_counters& counters_;
    attribute_copier& attributes_;
    extraneous_remover* const extraneous_;
    // Else what a killed copy leaves would be taken for what is newer, or for what must stay.
    const bool gets_name_last_ = context_.options.atomic || context_.options.keep_newer ||
                                 context_.options.overwrite == overwrite_policy::never ||
                                 context_.options.overwrite == overwrite_policy::newer;
    content_copier content_;
    std::unique_ptr<content_copier> in_place_; // writes what others leave out, holes; made when needed
    byte_comparer bytes_;
    step_errors errors_;
    const item* current_ = nullptr;
    unsigned attempt_ = 0; // how often copy() has failed with it
    std::function<void(std::uint64_t)> moved_;
    std::unique_ptr<char[]> target_; // of the symbolic link that is being copied
    struct ::stat existing_;         // what decide() saw at the destination
    copy_changes changes_ = copy_changes::none;
    bool was_kept_ = false;
    bool worthless_ = false; // what was copied is known to be wrong
    bool read_without_atime_ = true;
    bool unnamed_files_ = true; // the destination knows O_TMPFILE
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/entry_copier.ipp>
#include <asio_fs/impl/tree/entry_copier_existing.ipp>
#include <asio_fs/impl/tree/entry_copier_making.ipp>
#endif

#endif
