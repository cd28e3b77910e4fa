// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_LOCK_OPERATIONS_HPP
#define ASIO_FS_BASIC_LOCK_OPERATIONS_HPP

#include <asio_fs/basic_inode_object.hpp>
#include <asio_fs/lock_type.hpp>
#include <asio_fs/op/lock.hpp>
#include <asio_fs/op/try_lock.hpp>
#include <asio_fs/op/unlock.hpp>

#include <cstdint>
#include <utility>

namespace asio_fs {

/// Locks on an open file, whole or in ranges; the part of basic_extended_file that is about taking turns.
/**
 * These are open-file-description locks (F_OFD_SETLK of fcntl(2)). They belong to the open file: two objects
 * that opened the same file exclude each other, also within one process and one thread, and a lock ends when
 * the file is closed. They are advisory, and meet with the locks of other processes by fcntl(2) and lockf(3),
 * not with those of flock(2).
 *
 * An open file has at most one lock on a byte: locking a range again changes its type, from shared to
 * exclusive not atomically. The kernel does not notice when two wait for each other.
 *
 * What all operations have in common is said at basic_inode_object.
 */
template <class Executor = asio::any_io_executor>
class basic_lock_operations : public basic_inode_object<Executor>
{
    using base = basic_inode_object<Executor>;

public:
    using typename base::executor_type;

    /// Locks a range, and waits as long as others have locks that exclude it: fcntl(2).
    /**
     * @param type shared or exclusive
     * @param offset,length the range in bytes; a length of 0 reaches to the end, however far the file grows
     * @throws system_error EBADF when the file is not open for reading (shared) or writing (exclusive);
     * ENOLCK, EINVAL
     */
    void lock(lock_type type, std::uint64_t offset, std::uint64_t length)
    {
        this->run(op::lock{this->native_handle(), type, offset, length});
    }

    /// Locks a range, and waits as long as others have locks that exclude it: fcntl(2).
    void lock(lock_type type, std::uint64_t offset, std::uint64_t length, error_code& ec)
    {
        this->run(op::lock{this->native_handle(), type, offset, length}, ec);
    }

    /// Asynchronous form of lock().
    /**
     * `void(error_code)`, on a worker thread, which it keeps as long as it waits. Such threads do not count
     * towards engine_options::worker_threads: however many wait, async_unlock() finds one.
     * @par Per-Operation Cancellation
     * terminal, partial, total, also while it waits: with operation_aborted the range is not locked; a lock
     * that was gained before the cancellation came is success.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_lock(lock_type type, std::uint64_t offset, std::uint64_t length,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::lock{this->native_handle(), type, offset, length}, std::forward<Token>(token));
    }

    /// Locks the whole file, and waits as long as others have locks that exclude it: fcntl(2).
    void lock(lock_type type) { lock(type, 0, 0); }

    /// Locks the whole file, and waits as long as others have locks that exclude it: fcntl(2).
    void lock(lock_type type, error_code& ec) { lock(type, 0, 0, ec); }

    /// Asynchronous form of lock() for the whole file: `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_lock(lock_type type, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_lock(type, 0, 0, std::forward<Token>(token));
    }

    /// Locks a range if nobody has a lock that excludes it: fcntl(2).
    /**
     * @param type shared or exclusive
     * @param offset,length the range in bytes; a length of 0 reaches to the end, however far the file grows
     * @throws system_error EAGAIN (errc::resource_unavailable_try_again) when somebody has; the errors of
     * lock()
     */
    void try_lock(lock_type type, std::uint64_t offset, std::uint64_t length)
    {
        this->run(op::try_lock{this->native_handle(), type, offset, length});
    }

    /// Locks a range if nobody has a lock that excludes it: fcntl(2).
    void try_lock(lock_type type, std::uint64_t offset, std::uint64_t length, error_code& ec)
    {
        this->run(op::try_lock{this->native_handle(), type, offset, length}, ec);
    }

    /// Asynchronous form of try_lock().
    /**
     * `void(error_code)`, on a worker thread. For network file systems, where even this takes a while.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_try_lock(lock_type type, std::uint64_t offset, std::uint64_t length,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(), op::try_lock{this->native_handle(), type, offset, length},
            std::forward<Token>(token));
    }

    /// Locks the whole file if nobody has a lock that excludes it: fcntl(2).
    void try_lock(lock_type type) { try_lock(type, 0, 0); }

    /// Locks the whole file if nobody has a lock that excludes it: fcntl(2).
    void try_lock(lock_type type, error_code& ec) { try_lock(type, 0, 0, ec); }

    /// Asynchronous form of try_lock() for the whole file: `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_try_lock(lock_type type, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_try_lock(type, 0, 0, std::forward<Token>(token));
    }

    /// Gives up the locks on a range, which may be parts of those that were taken: fcntl(2).
    /**
     * No error when there are none.
     * @param offset,length the range in bytes; a length of 0 reaches to the end
     * @throws system_error EINVAL, ENOLCK
     */
    void unlock(std::uint64_t offset, std::uint64_t length)
    {
        this->run(op::unlock{this->native_handle(), offset, length});
    }

    /// Gives up the locks on a range, which may be parts of those that were taken: fcntl(2).
    void unlock(std::uint64_t offset, std::uint64_t length, error_code& ec)
    {
        this->run(op::unlock{this->native_handle(), offset, length}, ec);
    }

    /// Asynchronous form of unlock().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_unlock(std::uint64_t offset, std::uint64_t length,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::unlock{this->native_handle(), offset, length}, std::forward<Token>(token));
    }

    /// Gives up all locks of this open file: fcntl(2).
    void unlock() { unlock(0, 0); }

    /// Gives up all locks of this open file: fcntl(2).
    void unlock(error_code& ec) { unlock(0, 0, ec); }

    /// Asynchronous form of unlock() for the whole file: `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_unlock(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_unlock(0, 0, std::forward<Token>(token));
    }

protected:
    using base::base;
    using base::operator=;

    basic_lock_operations(basic_lock_operations&&) noexcept = default;
    basic_lock_operations& operator=(basic_lock_operations&&) noexcept = default;
    ~basic_lock_operations() = default;
};

} // namespace asio_fs

#endif
