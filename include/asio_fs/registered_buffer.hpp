// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_REGISTERED_BUFFER_HPP
#define ASIO_FS_REGISTERED_BUFFER_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/detail/buffer_registration.hpp>

#include <boost/asio/buffer.hpp>

namespace asio_fs {

/// A range of memory of a buffer_pool; made by pooled_buffer::buffer().
/**
 * A buffer sequence like any other, which transfers of this library recognise: on a file of the pool's io_context they
 * use the kernel's registered form (IORING_OP_READ_FIXED, IORING_OP_WRITE_FIXED). Buffers made from it, as
 * `asio::buffer(b, n)`, and composed operations such as asio::async_read_at() use the plain form.
 */
class registered_buffer : public asio::mutable_buffer
{
public:
    /// For the library's own use: pooled_buffer::buffer() makes them.
    registered_buffer(const asio::mutable_buffer& range, const detail::buffer_registration& where) noexcept
        : asio::mutable_buffer(range), registration_(&where)
    {
    }

    /// For the library's own use: how the kernel knows the memory.
    const detail::buffer_registration* registration() const noexcept { return registration_; }

private:
    const detail::buffer_registration* registration_;
};

} // namespace asio_fs

#endif
