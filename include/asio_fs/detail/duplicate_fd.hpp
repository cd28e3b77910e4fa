// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_DUPLICATE_FD_HPP
#define ASIO_FS_DETAIL_DUPLICATE_FD_HPP

#include <asio_fs/unique_fd.hpp>

#include <fcntl.h>

#include <cerrno>

namespace asio_fs::detail {

// A descriptor of our own for what a foreign object has open. That object may be closed meanwhile, and its
// number be that of another file. A copy is one more descriptor.
class duplicate_fd
{
public:
    explicit duplicate_fd(int fd) noexcept
        : fd_(::fcntl(fd, F_DUPFD_CLOEXEC, 0)), error_(fd_.get() < 0 ? errno : 0)
    {
    }

    duplicate_fd(duplicate_fd&&) noexcept = default;
    duplicate_fd(const duplicate_fd& other) noexcept : error_(other.error_)
    {
        if (error_ == 0)
            *this = duplicate_fd(other.get());
    }
    duplicate_fd& operator=(duplicate_fd&&) noexcept = default;

    int get() const noexcept { return fd_.get(); }

    // 0, or why there is none.
    int error() const noexcept { return error_; }

private:
    unique_fd fd_;
    int error_;
};

} // namespace asio_fs::detail

#endif
