// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_READLINKAT_HPP
#define ASIO_FS_OP_READLINKAT_HPP

#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <exception>
#include <string>
#include <utility>

namespace asio_fs::op {

struct readlinkat // read where a symbolic link leads: readlinkat(2)
{
    using result_type = std::string;
    static constexpr op_info info{"readlinkat", no_opcode, "readlinkat(2)", "2.6.16"};

    int dirfd;
    path_string path;
    std::string target = {};

    int syscall() noexcept
    {
        try
        {
            // The kernel cuts off in silence: what fills the buffer may be longer.
            for (std::size_t size = 256;; size *= 4)
            {
                target.resize(size);
                const ssize_t n = ::readlinkat(dirfd, path.c_str(), target.data(), size);
                if (n < 0)
                    return -errno;
                if (static_cast<std::size_t>(n) < size)
                {
                    target.resize(static_cast<std::size_t>(n));
                    return 0;
                }
            }
        }
        catch (const std::exception&)
        {
            return -ENOMEM;
        }
    }
    std::string result(int) noexcept { return std::move(target); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
