// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CONTEXT_POOL_OPTIONS_HPP
#define ASIO_FS_CONTEXT_POOL_OPTIONS_HPP

#include <asio_fs/engine_options.hpp>

#include <cstddef>

namespace asio_fs {

/// What a context_pool is made of.
struct context_pool_options
{
    /// How many contexts, each with a thread; 0 stands for one per CPU that the calling thread may run on.
    std::size_t size = 0;

    /// Pin each thread to one of these CPUs, in turn. A thread that the system refuses to pin runs unpinned.
    /// The engines' worker threads are never pinned.
    bool pin = true;

    /// How file-system operations run on each of the contexts.
    engine_options engine = {};
};

} // namespace asio_fs

#endif
