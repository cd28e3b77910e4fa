// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CONTEXT_POOL_HPP
#define ASIO_FS_CONTEXT_POOL_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/context_pool_options.hpp>

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <vector>

namespace asio_fs {

/// One io_context for each CPU, each with a ring of its own and one thread that runs it.
/**
 * Handlers of one context never run at the same time, so what belongs to one connection needs no strand if
 * all of it is on one executor of the pool.
 *
 * <!-- snippet reference.cpp context_pool -->
 * @code
 * asio::awaitable<void> listen(tcp::acceptor acceptor, asio_fs::context_pool& pool)
 * {
 *     for (;;)
 *     {
 *         const auto executor = pool.least_loaded_executor();
 *         tcp::socket socket = co_await acceptor.async_accept(executor, asio::use_awaitable);
 *         asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
 *     }
 * }
 * @endcode
 *
 * The contexts run from the beginning, also without work, until join() or stop(). They are stopped by the
 * pool only: do not stop one by itself.
 *
 * @par Exceptions
 * An exception that leaves a handler stops the pool; join() throws it, the first one if there are several.
 * Whoever lets the pool be destroyed without join() gets std::terminate() then, as asio::thread_pool does at
 * once.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: safe, but only one thread may call join(), and none of the pool's
 * own.
 */
class context_pool
{
public:
    /// The type of the pool's executors.
    using executor_type = asio::io_context::executor_type;

    /// Makes the contexts and starts the threads.
    /**
     * @param options how many, whether they are pinned, and how the engines are configured
     * @throws std::system_error when a thread cannot be started
     */
    ASIO_FS_DECL explicit context_pool(const context_pool_options& options = {});

    context_pool(const context_pool&) = delete;
    context_pool& operator=(const context_pool&) = delete;

    /// Stops the pool, waits for its threads, and destroys handlers that have not run.
    ASIO_FS_DECL ~context_pool();

    /// How many contexts there are.
    std::size_t size() const noexcept { return loops_.size(); }

    /// The executor of one context.
    /**
     * @param i from 0 to size() - 1
     */
    ASIO_FS_DECL executor_type executor(std::size_t i) const noexcept;

    /// The executor of each context in turn.
    ASIO_FS_DECL executor_type get_executor() noexcept;

    /// The executor of the context whose thread has used its CPU least in the last moments.
    /**
     * Executors given out since then count as well, so among idle threads each has its turn.
     */
    ASIO_FS_DECL executor_type least_loaded_executor();

    /// Ends the threads as soon as each has finished the handler that it runs.
    /**
     * What waits stays where it is until the pool is destroyed. May be called from a handler.
     */
    ASIO_FS_DECL void stop() noexcept;

    /// Waits until no context has work left, or the pool is stopped, and the threads have ended.
    /**
     * A context goes on as long as another one has work, which may bring some to it.
     * @throws the first exception that left a handler
     */
    ASIO_FS_DECL void join();

private:
    struct loop;

    ASIO_FS_DECL void run(loop& l) noexcept;
    ASIO_FS_DECL void serve_until_the_end(loop& l);
    ASIO_FS_DECL void wait_for_the_end();
    ASIO_FS_DECL void end_threads() noexcept;
    ASIO_FS_DECL void sample(std::chrono::steady_clock::time_point now) noexcept;

    std::vector<std::unique_ptr<loop>> loops_;
    std::atomic<std::size_t> next_{0};
    std::atomic<std::uint64_t> handled_{0}; // handlers run since join() was called

    std::mutex mutex_;
    std::condition_variable changed_;
    bool joining_ = false;
    bool stopped_ = false;
    bool ended_ = false;      // no context has work left
    std::uint64_t round_ = 0; // of asking whether that is so
    std::exception_ptr failure_;

    std::mutex load_mutex_;
    std::chrono::steady_clock::time_point sampled_;
    std::size_t least_next_ = 0;
};

} // namespace asio_fs

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/context_pool.ipp>
#endif

#endif
