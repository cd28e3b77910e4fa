// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_POOLED_BUFFER_HPP
#define ASIO_FS_POOLED_BUFFER_HPP

#include <asio_fs/detail/buffer_store.hpp>
#include <asio_fs/registered_buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace asio_fs {

/// A buffer lent by a buffer_pool, to which it goes back when this object is destroyed or assigned to.
/**
 * Keep it until the operations on it are over. It keeps the pool's memory alive.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
class pooled_buffer
{
public:
    /// Makes an object that holds no buffer.
    pooled_buffer() = default;

    /// Takes over the buffer of another object, which holds none from here on.
    pooled_buffer(pooled_buffer&& other) noexcept
        : store_(std::move(other.store_)), data_(std::exchange(other.data_, nullptr))
    {
    }

    /// Gives its buffer back and takes over the other one.
    pooled_buffer& operator=(pooled_buffer&& other) noexcept
    {
        pooled_buffer taken(std::move(other));
        store_.swap(taken.store_);
        std::swap(data_, taken.data_);
        return *this;
    }

    ~pooled_buffer()
    {
        if (data_)
            store_->give_back(data_);
    }

    /// Whether it holds a buffer.
    explicit operator bool() const noexcept { return data_ != nullptr; }

    /// The memory; null if it holds no buffer.
    void* data() const noexcept { return data_; }

    /// The number of bytes: buffer_pool::buffer_size(), or 0 if it holds no buffer.
    std::size_t size() const noexcept { return data_ ? store_->buffer_size() : 0; }

    /// The part of the buffer that begins `offset` bytes into it and has at most `size` bytes. There must be a buffer.
    registered_buffer buffer(std::size_t offset = 0, std::size_t size = static_cast<std::size_t>(-1)) const noexcept
    {
        return {asio::buffer(asio::mutable_buffer(data_, this->size()) + offset, size), store_->registration()};
    }

private:
    friend class buffer_pool;

    explicit pooled_buffer(std::shared_ptr<detail::buffer_store> store) noexcept
        : store_(std::move(store)), data_(store_->take())
    {
    }

    std::shared_ptr<detail::buffer_store> store_;
    void* data_ = nullptr;
};

} // namespace asio_fs

#endif
