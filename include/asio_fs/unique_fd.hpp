// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_UNIQUE_FD_HPP
#define ASIO_FS_UNIQUE_FD_HPP

#include <asio_fs/config.hpp>

#include <unistd.h>

#include <utility>

namespace asio_fs {

/// Own a file descriptor: close(2) at the end of its life. -1 stands for none.
class unique_fd
{
public:
    /// Owns nothing.
    unique_fd() = default;

    /// Owns a descriptor from here on, or nothing if it is negative.
    explicit unique_fd(int fd) noexcept : fd_(fd) {}

    /// Takes over the other's descriptor.
    unique_fd(unique_fd&& other) noexcept : fd_(other.release()) {}

    /// Closes its descriptor and takes over the other's.
    unique_fd& operator=(unique_fd&& other) noexcept
    {
        reset(other.release());
        return *this;
    }

    ~unique_fd() { reset(); }

    /// The descriptor, which stays owned.
    int get() const noexcept { return fd_; }

    /// Whether a descriptor is owned.
    explicit operator bool() const noexcept { return fd_ >= 0; }

    /// Give the descriptor up: the caller owns it from here on.
    int release() noexcept { return std::exchange(fd_, -1); }

    /// Close the descriptor and own another one.
    void reset(int fd = -1) noexcept
    {
        if (const int old = std::exchange(fd_, fd); old >= 0)
            ::close(old);
    }

private:
    int fd_ = -1;
};

} // namespace asio_fs

#endif
