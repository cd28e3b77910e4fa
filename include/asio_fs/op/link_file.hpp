// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_LINK_FILE_HPP
#define ASIO_FS_OP_LINK_FILE_HPP

#include <asio_fs/detail/link_descriptor.hpp>
#include <asio_fs/op/operation.hpp>
#include <asio_fs/path_string.hpp>

namespace asio_fs::op {

// The opcode of linkat cannot try the second way when the first is refused.
struct link_file // give an open file a name, also one that has none: linkat(2)
{
    using result_type = void;
    static constexpr op_info info{"link_file", no_opcode, "linkat(2)", "2.6.18"};

    int dirfd;
    path_string path;                        // the new name
    int file;

    int syscall() noexcept { return detail::link_descriptor(file, dirfd, path.c_str()); }
    bool valid() const noexcept { return path.valid(); }
    int& other_fd() noexcept { return file; }
};

} // namespace asio_fs::op

#endif
