// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_FIXED_MEMORY_HPP
#define ASIO_FS_DETAIL_FIXED_MEMORY_HPP

#include <asio_fs/config.hpp>

#include <atomic>
#include <cstddef>
#include <new>

namespace asio_fs::detail {

// Room for one small object at a time; a second one at the same time, or a large one, comes from the heap.
class fixed_memory
{
public:
    fixed_memory() = default;
    fixed_memory(const fixed_memory&) = delete;
    fixed_memory& operator=(const fixed_memory&) = delete;

    void* allocate(std::size_t size)
    {
        if (size <= sizeof(bytes_) && !used_.exchange(true, std::memory_order_acquire))
            return bytes_;
        return ::operator new(size);
    }

    void deallocate(void* p) noexcept
    {
        if (p == bytes_)
            used_.store(false, std::memory_order_release);
        else
            ::operator delete(p);
    }

private:
    alignas(std::max_align_t) unsigned char bytes_[512];
    std::atomic<bool> used_{false};
};

// The allocator of the engine's own handlers: nothing is allocated in steady state.
template <class T>
class fixed_allocator
{
public:
    using value_type = T;

    explicit fixed_allocator(fixed_memory& m) noexcept : memory(&m) {}
    template <class U>
    fixed_allocator(const fixed_allocator<U>& other) noexcept : memory(other.memory)
    {
    }

    T* allocate(std::size_t n) { return static_cast<T*>(memory->allocate(n * sizeof(T))); }
    void deallocate(T* p, std::size_t) noexcept { memory->deallocate(p); }

    template <class U>
    bool operator==(const fixed_allocator<U>& other) const noexcept
    {
        return memory == other.memory;
    }

    fixed_memory* memory;
};

} // namespace asio_fs::detail

#endif
