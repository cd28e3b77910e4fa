// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_SUCCESSOR_HPP
#define ASIO_FS_DETAIL_TREE_SUCCESSOR_HPP

#include <asio_fs/detail/tree/syscalls.hpp>

#include <string>
#include <string_view>

namespace asio_fs::detail {

/// A new entry of a directory on its way to its name.
///
/// What has the name already is never removed first: the new entry is made under a temporary name beside it,
/// completed, and then renamed over it. Until settled, it is removed again, whatever happens.
class successor
{
public:
    /// How the entry comes to its name.
    enum class way : unsigned char
    {
        direct,    ///< it is created under it, since nothing else has it
        unnamed,   ///< a regular file is created without any name and gets it when it is complete
        temporary, ///< it is created under another name and renamed; nothing else may have the name
        over       ///< likewise, and takes the place of what has it
    };

    /// @param dir  An open directory, borrowed.
    /// @param name  Borrowed.
    successor(int dir, const char* name) noexcept : dir_(dir), name_(name) {}
    successor(const successor&) = delete;
    successor& operator=(const successor&) = delete;
    ~successor() { discard(); }

    /// Create the entry by `call`, which is given a name, returns a negative number on failure and leaves
    /// errno.
    template <class Call>
    int create(way how, Call&& call)
    {
        how_ = how;
        for (int attempt = 0;; ++attempt)
        {
            if (has_temporary_name())
                temporary_ = temporary_name(name_);
            const int result = call(how == way::unnamed ? "." : name());
            if (result >= 0)
            {
                unsettled_ = true;
                return result;
            }
            if (!has_temporary_name() || errno != EEXIST || attempt == 100)
                return result;
        }
    }

    /// Whether something else has the name until this entry gets it.
    bool replaces() const noexcept { return how_ == way::over; }

    /// Whether the entry that was created has a name already.
    bool has_name() const noexcept { return how_ != way::unnamed; }

    /// The name it has at the moment.
    const char* name() const noexcept { return has_temporary_name() ? temporary_.c_str() : name_; }

    /// Give the entry its name. What had the name is renamed before if `backup_suffix` is not empty.
    /// @param fd  The entry, if it has no name yet.
    /// @param step  Set to the call that failed.
    ASIO_FS_DECL error_code publish(int fd, const std::string& backup_suffix, std::string_view& step);

    /// Leave it as it is.
    void settle() noexcept { unsettled_ = false; }

    /// Remove it unless it is settled.
    ASIO_FS_DECL error_code discard() noexcept;

    /// Make up a name beside `name`: a dot, as much of it as fits, a dot, and six random characters.
    ASIO_FS_DECL static std::string temporary_name(std::string_view name);

private:
    bool has_temporary_name() const noexcept { return how_ == way::temporary || how_ == way::over; }

    const int dir_;
    const char* const name_;
    way how_ = way::direct;
    bool unsettled_ = false;
    std::string temporary_;
};

/// Rename an entry, which may be missing, to its name with a suffix.
ASIO_FS_DECL int back_up(int dir, const char* name, const std::string& suffix);

/// Make a directory in the place of an entry that is none. That entry is removed, or renamed if `backup_suffix`
/// is not empty, and keeps its name if the directory cannot be made.
/// @param step  Set to the call that failed.
ASIO_FS_DECL error_code replace_by_directory(int dir, const char* name, mode_t mode,
                                             const std::string& backup_suffix, std::string_view& step);

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/successor.ipp>
#endif

#endif
