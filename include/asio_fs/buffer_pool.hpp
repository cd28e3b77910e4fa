// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BUFFER_POOL_HPP
#define ASIO_FS_BUFFER_POOL_HPP

#include <asio_fs/detail/buffer_store.hpp>
#include <asio_fs/detail/executor_of.hpp>
#include <asio_fs/detail/get_engine.hpp>
#include <asio_fs/pooled_buffer.hpp>

#include <cstddef>
#include <memory>

namespace asio_fs {

/// A fixed number of buffers for the transfers of one io_context: aligned for direct I/O, and registered with the kernel.
/**
 * All of them are aligned to 4096 bytes, which is what `O_DIRECT` asks for on every file system. Where the context runs
 * on io_uring, they are registered with its ring (IORING_REGISTER_BUFFERS2, Linux 5.19): the kernel need not pin their
 * pages for each transfer of pooled_buffer::buffer(), as it does with `O_DIRECT`. Cached data is copied, and gains nothing.
 * Where registering is refused (an older kernel, RLIMIT_MEMLOCK, more than 1 GiB, 64 pools on the context already)
 * everything works all the same; registered() tells.
 *
 * The pool may be destroyed before its buffers have come back. To wait for one when all are lent, let an async_semaphore
 * with size() permits stand before it.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: safe, but for destruction.
 */
class buffer_pool
{
public:
    /// Makes the buffers.
    /**
     * @param where the io_context whose files they are for, or an executor of it
     * @param buffer_size bytes of each, rounded up to a multiple of 4096
     * @param count how many
     * @throws std::bad_alloc also when buffer_size or count is 0
     */
    template <detail::place_to_run Place>
    buffer_pool(Place&& where, std::size_t buffer_size, std::size_t count)
        : store_(std::make_shared<detail::buffer_store>(
              detail::get_engine(detail::executor_of(where)), buffer_size, count)),
          size_(count)
    {
    }

    /// A buffer, or an empty object when all are lent.
    pooled_buffer try_acquire() const noexcept { return pooled_buffer(store_); }

    /// The number of buffers, lent or not.
    std::size_t size() const noexcept { return size_; }

    /// The number of buffers that are not lent.
    std::size_t available() const noexcept { return store_->available(); }

    /// The bytes of each buffer.
    std::size_t buffer_size() const noexcept { return store_->buffer_size(); }

    /// Whether the kernel knows the buffers.
    bool registered() const noexcept { return store_->registration().slot >= 0; }

private:
    std::shared_ptr<detail::buffer_store> store_;
    std::size_t size_;
};

} // namespace asio_fs

#endif
