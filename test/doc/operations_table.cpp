// SPDX-License-Identifier: BSL-1.0

// Prints doc/operations.md: every operation of the library, from the list that the library itself goes by.

#include <asio_fs/op/all.hpp>

#include <iostream>

int main()
{
    using namespace asio_fs::op;

    std::cout << R"(<!-- Generated from include/asio_fs/op/all.hpp by test/doc/operations_table.cpp. -->
# Operations

What the library can ask of the kernel. Where everything is supported, an operation with an io_uring opcode runs on
the ring, the others on worker threads, with equal results. What the ring cannot take, because the kernel is older or
refuses io_uring, runs on worker threads as well: `capabilities(ctx)` tells for the machine at hand.

- **Linux**: the first release with the opcode; where there is none, with the system call.
- **Cancellable** *until it begins*: once the kernel has begun, it completes with its own result. *While it waits*:
  also when others block it, such as the other end of a fifo, the holder of a lock, a server that allows it. *At any
  time*: also half-way, where the file system allows it; a part may be done then.

Most members have the name of their operation. `read_some`, `read_some_at` and so on are `read_at` and `write_at`,
opening with `resolve_flags` is `openat2`, `linkat` of an open file is `link_file`, and `splice_to` uses `poll` to wait.
Attributes have the members `getxattr`, `setxattr`, `listxattr` and `removexattr`, with a path or, of the object itself, without.

| operation | opcode | Linux | runs on | cancellable | manual page |
|---|---|---|---|---|---|
)";
    all_operations::for_each([]<class Op>() {
        constexpr op_info info = Op::info;
        std::cout << "| `" << info.name << "` | ";
        if (info.opcode == no_opcode)
            std::cout << "no opcode";
        else
            std::cout << info.opcode;
        std::cout << " | " << info.kernel << " | " << (info.opcode == no_opcode ? "worker thread" : "ring") << " | "
                  << describe(info.cancel) << " | " << info.man << " |\n";
    });
    std::cout << R"(
Copies, removals and walks of whole trees, and `copy_file` and `copy_to`, are made of many system calls and run on worker
threads as one operation each, cancellable at any time.
)";
    return std::cout.flush() ? 0 : 1;
}
