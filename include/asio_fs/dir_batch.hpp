// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DIR_BATCH_HPP
#define ASIO_FS_DIR_BATCH_HPP

#include <asio_fs/dir_entry.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>

namespace asio_fs {

/// Some entries of a directory, and the memory that readdir() fills with them; to be used again and again.
/**
 * A forward range of dir_entry. "." and ".." are not among the entries. Entries and iterators are valid until
 * the batch is filled again, moved or destroyed.
 */
class dir_batch
{
public:
    /// Enough for about a thousand names of usual length; more gains nothing.
    static constexpr std::size_t default_capacity = 32 * 1024;

    /// Room for the longest name of any file system.
    static constexpr std::size_t minimal_capacity = 4 * 1024;

    class iterator;

    /// @param capacity bytes that are filled at once; at least minimal_capacity is taken
    explicit dir_batch(std::size_t capacity = default_capacity)
        : capacity_(capacity < minimal_capacity ? minimal_capacity : capacity),
          bytes_(std::make_unique_for_overwrite<char[]>(capacity_))
    {
    }

    /// A batch that was moved from is empty and cannot be filled.
    dir_batch(dir_batch&& other) noexcept
        : capacity_(std::exchange(other.capacity_, 0)),
          used_(std::exchange(other.used_, 0)),
          count_(std::exchange(other.count_, 0)),
          bytes_(std::move(other.bytes_))
    {
    }

    /// Takes the entries of another batch in place of its own.
    dir_batch& operator=(dir_batch&& other) noexcept
    {
        capacity_ = std::exchange(other.capacity_, 0);
        used_ = std::exchange(other.used_, 0);
        count_ = std::exchange(other.count_, 0);
        bytes_ = std::move(other.bytes_);
        return *this;
    }

    /// The first entry.
    iterator begin() const noexcept;

    /// Past the last entry.
    iterator end() const noexcept;

    /// The number of entries.
    std::size_t size() const noexcept { return count_; }

    /// True before the batch is filled, and after the end of the directory was met.
    bool empty() const noexcept { return count_ == 0; }

    /// The number of bytes that are filled at once.
    std::size_t capacity() const noexcept { return capacity_; }

    /// Forget the entries.
    void clear() noexcept { used_ = count_ = 0; }

    /// Take the next entries from an open directory: getdents64(2).
    /**
     * This is what readdir() does, on the calling thread.
     * @returns the number of entries, 0 at the end of the directory, or -errno
     */
    ASIO_FS_DECL int fill(int fd) noexcept;

private:
    std::size_t capacity_;
    std::size_t used_ = 0;
    std::size_t count_ = 0;
    std::unique_ptr<char[]> bytes_;
};

/// Steps over the entries of a dir_batch.
class dir_batch::iterator
{
public:
    /// What the standard asks of a forward iterator. Entries are made when they are asked for.
    /// @{
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::forward_iterator_tag;
    using value_type = dir_entry;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = dir_entry;
    /// @}

    iterator() = default;

    /// The entry, whose name is in the batch.
    ASIO_FS_DECL dir_entry operator*() const noexcept;

    /// Steps to the next entry.
    ASIO_FS_DECL iterator& operator++() noexcept;

    /// Steps to the next entry, and returns where it was.
    iterator operator++(int) noexcept
    {
        iterator before = *this;
        ++*this;
        return before;
    }

    /// Whether both are at the same place of the same batch.
    bool operator==(const iterator&) const = default;

private:
    friend class dir_batch;
    ASIO_FS_DECL iterator(const char* at, const char* end) noexcept;
    ASIO_FS_DECL void skip_dots() noexcept;

    const char* at_ = nullptr;
    const char* end_ = nullptr;
};

inline dir_batch::iterator dir_batch::begin() const noexcept { return {bytes_.get(), bytes_.get() + used_}; }
inline dir_batch::iterator dir_batch::end() const noexcept
{
    return {bytes_.get() + used_, bytes_.get() + used_};
}

} // namespace asio_fs

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/dir_batch.ipp>
#endif

#endif
