// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_REWINDDIR_HPP
#define ASIO_FS_OP_REWINDDIR_HPP

#include <asio_fs/op/operation.hpp>

#include <unistd.h>

#include <cerrno>

namespace asio_fs::op {

struct rewinddir // start to read a directory from its beginning again: rewinddir(3)
{
    using result_type = void;
    static constexpr op_info info{"rewinddir", no_opcode, "rewinddir(3)", "1.0"};

    int fd;

    int syscall() noexcept { return ::lseek(fd, 0, SEEK_SET) < 0 ? -errno : 0; }
};

} // namespace asio_fs::op

#endif
