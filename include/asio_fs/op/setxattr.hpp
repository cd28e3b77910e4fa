// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_SETXATTR_HPP
#define ASIO_FS_OP_SETXATTR_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/xattr_flags.hpp>

#include <boost/asio/buffer.hpp>

namespace asio_fs::op {

// The opcodes for attributes by path know no directory and always follow symbolic links; this is a system
// call.
struct setxattr // set an extended attribute of an entry: setxattr(2)
{
    using result_type = void;
    static constexpr op_info info{"setxattr", no_opcode, "setxattr(2)", "2.4"};

    int dirfd;
    path_string path;
    path_string name;
    asio::const_buffer value;
    xattr_flags how = xattr_flags::none;
    at_flags flags = at_flags::none;

    int syscall() noexcept
    {
        return detail::setxattr_at(
            dirfd, path.c_str(), flags, name.c_str(), value.data(), value.size(), detail::native(how));
    }
    bool valid() const noexcept { return path.valid() && name.valid(); }
};

} // namespace asio_fs::op

#endif
