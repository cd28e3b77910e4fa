// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_BUFFER_STORE_HPP
#define ASIO_FS_DETAIL_BUFFER_STORE_HPP

#include <asio_fs/detail/buffer_registration.hpp>
#include <asio_fs/detail/engine.hpp>

#include <cstddef>
#include <limits>
#include <mutex>
#include <new>
#include <vector>

namespace asio_fs::detail {

// The memory of a buffer_pool, one piece for all buffers, registered as long as it lives.
class buffer_store
{
public:
    // What direct I/O needs on every file system: a page.
    static constexpr std::size_t alignment = 4096;

    buffer_store(engine& e, std::size_t buffer_size, std::size_t count)
        : buffer_size_(rounded(buffer_size, count)),
          registration_({::operator new(buffer_size_ * count, std::align_val_t(alignment)), buffer_size_ * count})
    {
        try
        {
            free_.reserve(count);
            for (std::size_t i = count; i != 0; --i)
                free_.push_back(static_cast<char*>(registration_.memory.iov_base) + (i - 1) * buffer_size_);
            e.add(registration_);
        }
        catch (...)
        {
            free_memory();
            throw;
        }
    }
    buffer_store(const buffer_store&) = delete;
    buffer_store& operator=(const buffer_store&) = delete;

    ~buffer_store()
    {
        if (engine* const e = registration_.owner)
            e->remove(registration_);
        free_memory();
    }

    std::size_t buffer_size() const noexcept { return buffer_size_; }
    const buffer_registration& registration() const noexcept { return registration_; }

    // Null when all are lent.
    void* take() noexcept
    {
        std::lock_guard lock(mutex_);
        if (free_.empty())
            return nullptr;
        void* const data = free_.back();
        free_.pop_back();
        return data;
    }

    void give_back(void* data) noexcept
    {
        std::lock_guard lock(mutex_);
        free_.push_back(data);   // there is room for all
    }

    std::size_t available() const noexcept
    {
        std::lock_guard lock(mutex_);
        return free_.size();
    }

private:
    static std::size_t rounded(std::size_t size, std::size_t count)
    {
        const std::size_t most = std::numeric_limits<std::size_t>::max() - alignment;
        if (size == 0 || count == 0 || size > most || (size + alignment) > most / count)
            throw std::bad_alloc();
        return (size + alignment - 1) / alignment * alignment;
    }

    void free_memory() noexcept
    {
        ::operator delete(registration_.memory.iov_base, std::align_val_t(alignment));
    }

    const std::size_t buffer_size_;
    buffer_registration registration_;
    mutable std::mutex mutex_;
    std::vector<void*> free_;
};

} // namespace asio_fs::detail

#endif
