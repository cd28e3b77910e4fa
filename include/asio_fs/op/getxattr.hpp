// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_GETXATTR_HPP
#define ASIO_FS_OP_GETXATTR_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

#include <boost/asio/buffer.hpp>

#include <cstddef>

namespace asio_fs::op {

// The opcodes for attributes by path know no directory and always follow symbolic links; this is a system
// call.
struct getxattr // get an extended attribute of an entry: getxattr(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"getxattr", no_opcode, "getxattr(2)", "2.4"};

    int dirfd;
    path_string path;
    path_string name;
    asio::mutable_buffer value;              // empty: how large it is
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        return detail::getxattr_at(dirfd, path.c_str(), flags, name.c_str(), value.data(), value.size());
    }
    std::size_t result(int size) noexcept { return static_cast<std::size_t>(size); }
    bool valid() const noexcept { return path.valid() && name.valid(); }
};

} // namespace asio_fs::op

#endif
