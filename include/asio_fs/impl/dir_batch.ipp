// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_DIR_BATCH_IPP
#define ASIO_FS_IMPL_DIR_BATCH_IPP

#include <asio_fs/dir_batch.hpp>

#include <dirent.h>

#include <cerrno>
#include <cstring>

namespace asio_fs {
namespace detail {

// The kernel's records, struct linux_dirent64, which glibc knows as dirent64.
inline const ::dirent64& dirent_at(const char* bytes) noexcept
{
    return *reinterpret_cast<const ::dirent64*>(bytes);
}

inline bool is_dot(const ::dirent64& e) noexcept
{
    return e.d_name[0] == '.' && (e.d_name[1] == '\0' || (e.d_name[1] == '.' && e.d_name[2] == '\0'));
}

} // namespace detail

int dir_batch::fill(int fd) noexcept
{
    clear();
    if (!bytes_)
        return -EINVAL;
    // A batch may hold "." and ".." alone: not the end yet.
    while (count_ == 0)
    {
        const ssize_t n = ::getdents64(fd, bytes_.get(), capacity_);
        if (n < 0)
            return -errno;
        if (n == 0)
            return 0;
        used_ = static_cast<std::size_t>(n);
        for (iterator i = begin(); i != end(); ++i)
            ++count_;
    }
    return static_cast<int>(count_);
}

dir_batch::iterator::iterator(const char* at, const char* end) noexcept : at_(at), end_(end) { skip_dots(); }

dir_entry dir_batch::iterator::operator*() const noexcept
{
    const ::dirent64& e = detail::dirent_at(at_);
    return {std::string_view(e.d_name, std::strlen(e.d_name)), static_cast<entry_type>(e.d_type), e.d_ino};
}

dir_batch::iterator& dir_batch::iterator::operator++() noexcept
{
    at_ += detail::dirent_at(at_).d_reclen;
    skip_dots();
    return *this;
}

void dir_batch::iterator::skip_dots() noexcept
{
    while (at_ != end_ && detail::is_dot(detail::dirent_at(at_)))
        at_ += detail::dirent_at(at_).d_reclen;
}

} // namespace asio_fs

#endif
