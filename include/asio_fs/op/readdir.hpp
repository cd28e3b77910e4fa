// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_READDIR_HPP
#define ASIO_FS_OP_READDIR_HPP

#include <asio_fs/dir_batch.hpp>
#include <asio_fs/op/operation.hpp>

#include <cstddef>

namespace asio_fs::op {

struct readdir // take the next entries of a directory: getdents64(2)
{
    using result_type = std::size_t;
    static constexpr op_info info{"readdir", no_opcode, "getdents64(2)", "2.4"};

    int fd;
    dir_batch* batch;                        // borrowed

    int syscall() noexcept { return batch->fill(fd); }
    std::size_t result(int entries) noexcept { return static_cast<std::size_t>(entries); }
};

} // namespace asio_fs::op

#endif
