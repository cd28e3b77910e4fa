// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ENGINE_OPTIONS_HPP
#define ASIO_FS_ENGINE_OPTIONS_HPP

#include <asio_fs/config.hpp>

#include <chrono>

namespace asio_fs {

/// Whether an operation may be done by the function that starts it; see engine_options.
enum class inline_policy
{
    never,   ///< always hand it to the kernel's ring or to a worker thread
    cached   ///< try first, where the kernel can say "not without waiting"
};

/// How the engine of an io_context runs operations. Give them to configure_engine() before the first use.
struct engine_options
{
    /// Use io_uring where the kernel offers it. false runs every operation on the worker threads.
    bool use_io_uring = true;

    /// Whether reads whose data is cached (RWF_NOWAIT) are done at once by the initiating function, and batches of a
    /// tree_walker that are ready handed out by it. The handler is posted all the same, unless its immediate executor
    /// says otherwise. A read at a time takes less than half as long as through the ring then; many at a time, and
    /// reads that wait for a device, take as long. No other operation can be seen beforehand not to wait.
    inline_policy attempt_inline = inline_policy::cached;

    /// Entries of the submission queue; the completion queue is eight times as long. Operations beyond wait in
    /// a queue of the library's, in order, so this is no limit to the number of operations in flight.
    unsigned ring_entries = 256;

    /// The kernel's own worker threads (io-wq) for operations that cannot complete at once. Its default, four
    /// per CPU, lets a few calls on a hung mount delay every other path operation.
    unsigned ring_workers = 64;

    /// The most threads the library starts for operations without an opcode, or without io_uring. As many
    /// threads as CPUs start on demand; more start only while all of them are blocked.
    /// Those that wait for a lock do not count.
    unsigned worker_threads = 64;

    /// How long the destruction of the io_context waits for operations that cancellation does not end, as on a
    /// hung network mount. What is left then stays allocated for ever, because the kernel may yet write to it.
    std::chrono::milliseconds shutdown_timeout{5000};
};

} // namespace asio_fs

#endif
