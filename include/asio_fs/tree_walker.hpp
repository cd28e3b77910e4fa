// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TREE_WALKER_HPP
#define ASIO_FS_TREE_WALKER_HPP

#include <asio_fs/detail/executor_of.hpp>
#include <asio_fs/detail/get_engine.hpp>
#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/detail/run.hpp>
#include <asio_fs/detail/walk_next.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/walk_entry.hpp>
#include <asio_fs/walk_options.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace asio_fs {

/// Lists a tree, batch by batch, without blocking the loop and with bounded memory.
/**
 * A directory comes before what is in it. The root is not listed itself. Symbolic links are not followed, neither
 * those that are there nor those that take a directory's place while the tree is walked; the root may be named
 * through one. Trees of any depth are walked with a bounded number of descriptors.
 *
 * <!-- snippet reference.cpp tree_walker -->
 * @code
 * asio_fs::tree_walker walker(co_await asio::this_coro::executor, root);
 * std::vector<asio_fs::walk_entry> batch;
 * while (co_await walker.async_next(batch, asio::use_awaitable))
 *     for (const asio_fs::walk_entry& entry : batch)
 *         std::cout << entry.path << '\n';
 * @endcode
 *
 * Runs on worker threads, as direct system calls. Threads of the walk's own run ahead of the caller, by a bounded
 * number of batches. A walk that began before fork(2) gives operation_aborted in the child.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
template <class Executor = asio::any_io_executor>
class basic_tree_walker
{
public:
    /// The type of the executor associated with the object.
    using executor_type = Executor;

    /// The walker type for another executor.
    template <class Executor1>
    struct rebind_executor
    {
        /// That type.
        using other = basic_tree_walker<Executor1>;
    };

    /// A walk that has not begun.
    /**
     * @param ex the executor on which handlers run that have none of their own
     * @param root the directory to list
     * @param options what to list
     */
    basic_tree_walker(const executor_type& ex, const dir_path& root, const walk_options& options = {})
        : executor_(ex),
          engine_(&detail::get_engine(executor_)),
          root_(root),
          walk_(std::make_shared<detail::walk_state>(root, options))
    {
    }

    /// A walk that has not begun, on an execution context's executor.
    template <class ExecutionContext>
        requires std::is_convertible_v<ExecutionContext&, asio::execution_context&>
    basic_tree_walker(ExecutionContext& context, const dir_path& root, const walk_options& options = {})
        : basic_tree_walker(executor_type(context.get_executor()), root, options)
    {
    }

    /// Takes over the walk. An object that was moved from can only be assigned to or destroyed.
    basic_tree_walker(basic_tree_walker&&) noexcept = default;

    /// Takes over the walk of an object with another executor.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    basic_tree_walker(basic_tree_walker<Executor1>&& other)
        : executor_(other.executor_),
          engine_(other.engine_),
          root_(std::move(other.root_)),
          walk_(std::move(other.walk_))
    {
    }

    /// Cancels what is in flight and takes over the other walk.
    basic_tree_walker& operator=(basic_tree_walker&& other) noexcept
    {
        take(other);
        return *this;
    }

    /// Cancels what is in flight and takes over the walk of an object with another executor.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    basic_tree_walker& operator=(basic_tree_walker<Executor1>&& other)
    {
        take(other);
        return *this;
    }

    /// Ends the walk. An async_next() in flight completes with operation_aborted.
    ~basic_tree_walker() { cancel(); }

    /// The executor on which handlers run that have none of their own.
    const executor_type& get_executor() const noexcept { return executor_; }

    /// Ends the walk: from here on every call gives operation_aborted, also the one in flight.
    void cancel() noexcept
    {
        if (walk_)
            walk_->walk.request_stop();
    }

    /// Replaces the content of a batch by the next entries.
    /**
     * @param batch the entries; its memory is used again from call to call
     * @param ec ENOENT, ENOTDIR, EACCES, ... when the root cannot be read. Errors further down come as entries.
     * @returns the number of entries, 0 at the end
     */
    std::size_t next(std::vector<walk_entry>& batch, error_code& ec)
    {
        return detail::run(detail::walk_next(root_.path(), walk_, batch), ec);
    }

    /// Replaces the content of a batch by the next entries. See the form with an error_code.
    /** @throws system_error when the root cannot be read */
    std::size_t next(std::vector<walk_entry>& batch)
    {
        return detail::run(detail::walk_next(root_.path(), walk_, batch));
    }

    /// Starts getting the next entries. One call at a time: a second one gets EBUSY.
    /**
     * @param batch the entries replace its content; it must live until the handler is called
     * @param token any completion token
     * @par Completion Signature
     * `void(error_code, std::size_t)`: the number of entries, 0 at the end
     * @par Per-Operation Cancellation
     * terminal, partial, total: the call ends with operation_aborted, and so does the walk if it had begun to
     * work
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_next(std::vector<walk_entry>& batch, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(detail::initiation<Executor>(executor_, *engine_),
            detail::walk_next(root_.path(), walk_, batch), std::forward<Token>(token));
    }

private:
    template <class>
    friend class basic_tree_walker;

    template <class Executor1>
    void take(basic_tree_walker<Executor1>& other)
    {
        cancel();
        executor_ = other.executor_;
        engine_ = other.engine_;
        root_ = std::move(other.root_);
        walk_ = std::move(other.walk_);
    }

    Executor executor_;
    detail::engine* engine_;
    dir_path root_;
    std::shared_ptr<detail::walk_state> walk_;
};

/// A walker whose executor may be any.
using tree_walker = basic_tree_walker<>;

} // namespace asio_fs

#endif
