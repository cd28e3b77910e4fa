// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_XATTR_VALUE_HPP
#define ASIO_FS_DETAIL_XATTR_VALUE_HPP

#include <asio_fs/config.hpp>

#include <cerrno>
#include <cstddef>
#include <initializer_list>
#include <new>
#include <string>

namespace asio_fs::detail {

// Reads a whole attribute by one of the getxattr family: `get` takes a buffer and its size, and returns the
// size of the value or -errno. Returns 0 or -errno.
template <class Get>
int read_xattr(std::string& value, Get get) noexcept
{
    constexpr std::size_t usual = 512, most = 65536; // the latter is the kernel's limit, XATTR_SIZE_MAX
    try
    {
        for (const std::size_t size : {usual, most})
        {
            value.resize(size);
            const int result = get(value.data(), size);
            value.resize(result < 0 ? 0 : static_cast<std::size_t>(result));
            if (result != -ERANGE)
                return result < 0 ? result : 0;
        }
        return -ERANGE;
    }
    catch (const std::bad_alloc&)
    {
        return -ENOMEM;
    }
}

} // namespace asio_fs::detail

#endif
