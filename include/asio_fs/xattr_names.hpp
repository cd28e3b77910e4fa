// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_XATTR_NAMES_HPP
#define ASIO_FS_XATTR_NAMES_HPP

#include <asio_fs/config.hpp>

#include <cstddef>
#include <iterator>
#include <string_view>

namespace asio_fs {

/// The names in a result of listxattr(2): a forward range of std::string_view over the caller's buffer.
/**
 * <!-- snippet reference.cpp xattr_names -->
 * @code
 * std::vector<char> buffer(65536);
 * const std::size_t size = file.listxattr(asio::buffer(buffer));
 * for (std::string_view name : asio_fs::xattr_names(buffer.data(), size))
 *     std::cout << name << '\n';
 * @endcode
 */
class xattr_names
{
public:
    /// Steps over the names.
    class iterator
    {
    public:
        /// What the standard asks of a forward iterator. Names are made when they are asked for.
        /// @{
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = std::string_view;
        /// @}

        iterator() = default;

        /// The name; a NUL follows it in the buffer.
        std::string_view operator*() const noexcept { return rest_.substr(0, rest_.find('\0')); }

        /// Steps to the next name.
        iterator& operator++() noexcept
        {
            const std::size_t length = (**this).size() + 1;
            rest_.remove_prefix(length < rest_.size() ? length : rest_.size());
            return *this;
        }

        /// Steps to the next name, and returns where it was.
        iterator operator++(int) noexcept
        {
            iterator before = *this;
            ++*this;
            return before;
        }

        /// Whether both are at the same place of the same list.
        bool operator==(const iterator& other) const noexcept { return rest_.size() == other.rest_.size(); }

    private:
        friend class xattr_names;
        explicit iterator(std::string_view rest) noexcept : rest_(rest) {}

        std::string_view rest_;
    };

    xattr_names() = default;

    /// @param data where listxattr(2) has written, borrowed
    /// @param size what it has returned
    xattr_names(const char* data, std::size_t size) noexcept : bytes_(data, size) {}

    /// The first name.
    iterator begin() const noexcept { return iterator(bytes_); }

    /// Past the last name.
    iterator end() const noexcept { return iterator(bytes_.substr(bytes_.size())); }

    /// Whether there is no name.
    bool empty() const noexcept { return bytes_.empty(); }

private:
    std::string_view bytes_;
};

} // namespace asio_fs

#endif
