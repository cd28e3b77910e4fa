// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_PATH_STRING_HPP
#define ASIO_FS_PATH_STRING_HPP

#include <asio_fs/config.hpp>

#include <boost/container/small_vector.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace asio_fs {

/// A path or name as the kernel takes it: bytes, owned by the operation that carries it.
/**
 * Converts from anything that converts to std::string_view, and from std::filesystem::path. Short paths (up to
 * inline_capacity bytes) are held without allocating. Bytes are never interpreted: no locale, no encoding. A
 * NUL byte inside makes the path invalid, and an operation given it fails with EINVAL rather than reach for the
 * file that the first part names.
 */
class path_string
{
public:
    /// Paths up to this length are held without allocating; the terminator is counted.
    static constexpr std::size_t inline_capacity = 120;

    path_string() : bytes_(1, '\0') {}

    /// Converts from a string of any kind.
    template <std::convertible_to<std::string_view> T>
    path_string(const T& text) : path_string(std::string_view(text), as_bytes{})
    {
    }

    /// Converts from std::filesystem::path, which needs not be included here.
    template <class T>
        requires(!std::convertible_to<T, std::string_view>)
        && requires(const T& t) { { t.native() } -> std::convertible_to<std::string_view>; }
    path_string(const T& path) : path_string(std::string_view(path.native()), as_bytes{})
    {
    }

    /// The bytes, terminated by NUL.
    const char* c_str() const noexcept { return bytes_.data(); }

    /// The bytes without the terminator.
    std::string_view view() const noexcept { return {bytes_.data(), bytes_.size() - 1}; }

    /// False when the path holds a NUL byte, which no file name can.
    bool valid() const noexcept { return view().find('\0') == std::string_view::npos; }

private:
    struct as_bytes {};

    path_string(std::string_view text, as_bytes) : bytes_(text.begin(), text.end()) { bytes_.push_back('\0'); }

    boost::container::small_vector<char, inline_capacity> bytes_;
};

} // namespace asio_fs

#endif
