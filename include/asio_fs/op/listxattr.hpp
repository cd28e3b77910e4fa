// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_LISTXATTR_HPP
#define ASIO_FS_OP_LISTXATTR_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <boost/asio/buffer.hpp>

#include <cstddef>

namespace asio_fs::op {

struct listxattr // list the extended attributes of an entry: listxattr(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"listxattr", no_opcode, "listxattr(2)", "2.4"};

    int dirfd;
    path_string path;
    asio::mutable_buffer names;              // empty: how large the list is
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        return detail::listxattr_at(dirfd, path.c_str(), flags, static_cast<char*>(names.data()),
            names.size());
    }
    std::size_t result(int size) noexcept { return static_cast<std::size_t>(size); }
    bool valid() const noexcept { return path.valid(); }
};

} // namespace asio_fs::op

#endif
