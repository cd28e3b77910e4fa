// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_IO_BUFFERS_HPP
#define ASIO_FS_DETAIL_IO_BUFFERS_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/detail/buffer_registration.hpp>

#include <boost/asio/buffer.hpp>

#include <sys/uio.h>

#include <concepts>
#include <cstddef>

namespace asio_fs::detail {

// What can be read into, and what can be written from.
template <class T>
concept mutable_buffers = asio::is_mutable_buffer_sequence<T>::value;

template <class T>
concept const_buffers = asio::is_const_buffer_sequence<T>::value;

// The kernel's form of a buffer sequence. Reads and writes may be short, so a longer sequence is cut off.
class io_buffers
{
public:
    static constexpr std::size_t capacity = 16;

    io_buffers() = default;

    template <class BufferSequence>
        requires mutable_buffers<BufferSequence> || const_buffers<BufferSequence>
    explicit io_buffers(const BufferSequence& buffers)
    {
        if constexpr (requires { { buffers.registration() } -> std::same_as<const buffer_registration*>; })
            registration_ = buffers.registration();
        const auto end = asio::buffer_sequence_end(buffers);
        for (auto i = asio::buffer_sequence_begin(buffers); i != end && count_ < capacity; ++i)
        {
            const asio::const_buffer b(*i);
            if (b.size() != 0)
                add(b);
        }
    }

    // Only what is used is copied: operations move a few times on their way.
    io_buffers(const io_buffers& other) noexcept { *this = other; }

    io_buffers& operator=(const io_buffers& other) noexcept
    {
        count_ = other.count_;
        size_ = other.size_;
        registration_ = other.registration_;
        for (std::size_t i = 0; i < count_; ++i)
            vectors_[i] = other.vectors_[i];
        return *this;
    }

    const iovec* data() const noexcept { return vectors_; }
    int count() const noexcept { return static_cast<int>(count_); }

    // The number under which the ring of this engine knows the memory, or -1.
    int registered_slot(const engine* e) const noexcept
    {
        return registration_ && registration_->owner == e ? registration_->slot.load(std::memory_order_relaxed) : -1;
    }

    // The number of bytes.
    std::size_t size() const noexcept { return size_; }

private:
    void add(const asio::const_buffer& b) noexcept
    {
        vectors_[count_].iov_base = const_cast<void*>(b.data());
        vectors_[count_].iov_len = b.size();
        ++count_;
        size_ += b.size();
    }

    iovec vectors_[capacity];
    std::size_t count_ = 0;
    std::size_t size_ = 0;
    const buffer_registration* registration_ = nullptr;
};

} // namespace asio_fs::detail

#endif
