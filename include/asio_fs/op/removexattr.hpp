// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_REMOVEXATTR_HPP
#define ASIO_FS_OP_REMOVEXATTR_HPP

#include <asio_fs/at_flags.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

namespace asio_fs::op {

struct removexattr // remove an extended attribute of an entry: removexattr(2)
{
    using result_type = void;
    static constexpr op_info info{"removexattr", no_opcode, "removexattr(2)", "2.4"};

    int dirfd;
    path_string path;
    path_string name;
    at_flags flags = at_flags::none;

    int syscall() noexcept { return detail::removexattr_at(dirfd, path.c_str(), flags, name.c_str()); }
    bool valid() const noexcept { return path.valid() && name.valid(); }
};

} // namespace asio_fs::op

#endif
