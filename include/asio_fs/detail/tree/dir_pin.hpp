// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_DIR_PIN_HPP
#define ASIO_FS_DETAIL_TREE_DIR_PIN_HPP

#include <asio_fs/detail/tree/dir_cache.hpp>

#include <utility>

namespace asio_fs::detail {

/// Keep a directory open.
class dir_pin
{
public:
    dir_pin() = default;
    dir_pin(dir_pin&& other) noexcept : node_(std::move(other.node_)), fd_(std::exchange(other.fd_, -1)) {}
    dir_pin& operator=(dir_pin&& other) noexcept
    {
        std::swap(node_, other.node_);
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~dir_pin() { reset(); }

    int fd() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }
    ASIO_FS_DECL void reset() noexcept;

private:
    friend class dir_cache;
    dir_pin(dir_node& node, int fd) noexcept : node_(&node), fd_(fd) {}

    dir_node_ptr node_;
    int fd_ = -1;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/dir_cache.ipp>
#endif

#endif
