// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_TRANSFER_OPERATIONS_HPP
#define ASIO_FS_BASIC_TRANSFER_OPERATIONS_HPP

#include <asio_fs/basic_lock_operations.hpp>
#include <asio_fs/copy_options.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/detail/job_op.hpp>
#include <asio_fs/detail/splice_operation.hpp>
#include <asio_fs/detail/tree/copy_file_job.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/op/clone.hpp>
#include <asio_fs/op/clone_range.hpp>
#include <asio_fs/op/copy_file_range.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace asio_fs {

/// Ways out of an open file: into a socket, a pipe or another file, or into a complete copy; the part of
/// basic_extended_file that sends content elsewhere without passing it through the program.
/**
 * What all operations have in common is said at basic_inode_object.
 */
template <class Executor = asio::any_io_executor>
class basic_transfer_operations : public basic_lock_operations<Executor>
{
    using base = basic_lock_operations<Executor>;

public:
    using typename base::executor_type;

    /// Moves content from an offset into a file, socket or pipe inside the kernel, perhaps less than
    /// everything: splice(2).
    /**
     * At most 1 MiB, through a pipe that lives as long as the call. Waits if the destination takes nothing at
     * present.
     * @param destination anything whose native_handle() is a descriptor: files, and Asio's sockets, pipes and
     * descriptors. A file is written at its stream position, and must not be open with file_base::append.
     * @param offset where to read, in bytes; the stream position is neither used nor moved
     * @param size how much, in bytes
     * @returns the number of bytes that arrived; 0 at the end of the file, or if size is 0
     * @throws system_error EPIPE and ECONNRESET when the other end is gone (without SIGPIPE), EINVAL if the
     * file or the destination is of a kind that cannot be spliced, ESPIPE if the file has no offsets, ENOSPC,
     * EMFILE, ...
     */
    template <detail::has_descriptor Destination>
    std::size_t splice_to(Destination& destination, std::uint64_t offset, std::size_t size)
    {
        return detail::splice_and_wait(
            op::splice_to{this->native_handle(), offset, destination.native_handle(), size});
    }

    /// Moves content from an offset into a file, socket or pipe inside the kernel, perhaps less than
    /// everything: splice(2).
    template <detail::has_descriptor Destination>
    std::size_t splice_to(Destination& destination, std::uint64_t offset, std::size_t size, error_code& ec)
    {
        return detail::splice_and_wait(
            op::splice_to{this->native_handle(), offset, destination.native_handle(), size}, ec);
    }

    /// Asynchronous form of splice_to().
    /**
     * `void(error_code, std::size_t)`, on a worker thread; waiting for the destination is done on the ring,
     * and keeps no thread. A socket or descriptor of Asio's is made native_non_blocking(), as by its own
     * asynchronous operations. Any other destination that is blocking, and neither file nor pipe, may keep
     * the thread waiting for the other end.
     *
     * The destination may be closed meanwhile: the operation has a descriptor of its own. That does not end
     * it, nor the connection before it is over; cancel it.
     * @par Per-Operation Cancellation
     * terminal, partial, total, at any time: operation_aborted if nothing has arrived, else success with the
     * number of bytes that did.
     */
    template <detail::has_descriptor Destination,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_splice_to(Destination& destination, std::uint64_t offset, std::size_t size,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_splice(
            this->start(), this->native_handle(), offset, destination, size, std::forward<Token>(token));
    }

    /// Moves content from the stream position into a file, socket or pipe, perhaps less than everything:
    /// splice(2).
    /**
     * The stream position moves by the number of bytes that arrived, not by one more: nothing is lost by an
     * error, by cancellation, or because the other end takes less. The rest is said at the form with an
     * offset.
     */
    template <detail::has_descriptor Destination>
    std::size_t splice_to(Destination& destination, std::size_t size)
    {
        return detail::splice_and_wait(
            op::splice_to{this->native_handle(), position(), destination.native_handle(), size});
    }

    /// Moves content from the stream position into a file, socket or pipe, perhaps less than everything:
    /// splice(2).
    template <detail::has_descriptor Destination>
    std::size_t splice_to(Destination& destination, std::size_t size, error_code& ec)
    {
        return detail::splice_and_wait(
            op::splice_to{this->native_handle(), position(), destination.native_handle(), size}, ec);
    }

    /// Asynchronous form of splice_to() from the stream position.
    /**
     * `void(error_code, std::size_t)`, on a worker thread. One at a time. The rest is said at the form with
     * an offset.
     */
    template <detail::has_descriptor Destination,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_splice_to(Destination& destination, std::size_t size,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_splice(
            this->start(), this->native_handle(), position(), destination, size, std::forward<Token>(token));
    }

    /// Copies a range to another file inside the kernel, perhaps less than everything: copy_file_range(2).
    /**
     * File systems that can share the blocks or copy on the server do. Stream positions are neither used nor
     * moved.
     * @param destination a file open for writing; both stay open until the operation is over
     * @param offset where to read, in bytes
     * @param destination_offset where to write, in bytes
     * @param size how much, in bytes
     * @returns the number of bytes; 0 at the end of the file
     * @throws system_error EXDEV between file systems that do not know how, EINVAL, ENOSPC, ...
     */
    template <class Executor1>
    std::size_t copy_file_range(const basic_transfer_operations<Executor1>& destination, std::uint64_t offset,
        std::uint64_t destination_offset, std::size_t size)
    {
        return this->run(
            op::copy_file_range{this->native_handle(), offset, destination.native_handle(),
                destination_offset, size});
    }

    /// Copies a range to another file inside the kernel, perhaps less than everything: copy_file_range(2).
    template <class Executor1>
    std::size_t copy_file_range(const basic_transfer_operations<Executor1>& destination, std::uint64_t offset,
        std::uint64_t destination_offset, std::size_t size, error_code& ec)
    {
        return this->run(
            op::copy_file_range{this->native_handle(), offset, destination.native_handle(),
                destination_offset, size},
            ec);
    }

    /// Asynchronous form of copy_file_range().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_copy_file_range(const basic_transfer_operations<Executor1>& destination, std::uint64_t offset,
        std::uint64_t destination_offset, std::size_t size,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(destination),
            op::copy_file_range{this->native_handle(), offset, destination.native_handle(),
                destination_offset, size},
            std::forward<Token>(token));
    }

    /// Makes another file share this one's blocks, as a copy that takes no space: ioctl_ficlone(2).
    /**
     * The other file's content is replaced. All or nothing. What is dirty in the cache is written out first,
     * which may take long.
     * @param destination a file open for writing on the same file system
     * @throws system_error EOPNOTSUPP, EXDEV, EINVAL
     */
    template <class Executor1>
    void clone(const basic_transfer_operations<Executor1>& destination)
    {
        this->run(op::clone{this->native_handle(), destination.native_handle()});
    }

    /// Makes another file share this one's blocks, as a copy that takes no space: ioctl_ficlone(2).
    template <class Executor1>
    void clone(const basic_transfer_operations<Executor1>& destination, error_code& ec)
    {
        this->run(op::clone{this->native_handle(), destination.native_handle()}, ec);
    }

    /// Asynchronous form of clone().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_clone(const basic_transfer_operations<Executor1>& destination,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(destination),
            op::clone{this->native_handle(), destination.native_handle()},
            std::forward<Token>(token));
    }

    /// Makes a range of another file share this one's blocks: ioctl_ficlonerange(2).
    /**
     * All or nothing.
     * @param destination a file open for writing on the same file system
     * @param offset,length the range in bytes, multiples of the block size; a length of 0 reaches to the end
     * of the file
     * @param destination_offset where the range appears, in bytes
     * @throws system_error EOPNOTSUPP, EXDEV, EINVAL
     */
    template <class Executor1>
    void clone_range(const basic_transfer_operations<Executor1>& destination, std::uint64_t offset,
        std::uint64_t destination_offset, std::uint64_t length)
    {
        this->run(
            op::clone_range{this->native_handle(), offset, destination.native_handle(), destination_offset,
                length});
    }

    /// Makes a range of another file share this one's blocks: ioctl_ficlonerange(2).
    template <class Executor1>
    void clone_range(const basic_transfer_operations<Executor1>& destination, std::uint64_t offset,
        std::uint64_t destination_offset, std::uint64_t length, error_code& ec)
    {
        this->run(
            op::clone_range{this->native_handle(), offset, destination.native_handle(), destination_offset,
                length},
            ec);
    }

    /// Asynchronous form of clone_range().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_clone_range(const basic_transfer_operations<Executor1>& destination, std::uint64_t offset,
        std::uint64_t destination_offset, std::uint64_t length,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(destination),
            op::clone_range{this->native_handle(), offset, destination.native_handle(), destination_offset,
                length},
            std::forward<Token>(token));
    }

    /// Makes a complete copy of the file under another name, as copy_file() does.
    /**
     * With holes, extended attributes, owner, mode and times, by the fastest way there is. The source is the
     * open file, whatever has happened to its name since, also a file that was deleted or never had one. The
     * stream position is neither used nor moved.
     *
     * @param to its new name, in a directory that exists; relative to the current directory, or {directory,
     * path}. What has this name is replaced as options.overwrite says, unless it is a directory or the file
     * itself.
     * @param options what to preserve and how; its functions are called from the copying thread
     * @returns what was done
     * @throws system_error the first error there was; EBADF if the file is open for writing only and may not
     * be opened for reading
     */
    copy_report copy_to(const dir_path& to, const copy_options& options = {})
    {
        return this->run(copy_job(dir_path(*this), to, options));
    }

    /// Makes a complete copy of the file under another name. See the form that throws.
    /**
     * @returns what was done and what failed
     */
    copy_report copy_to(const dir_path& to, const copy_options& options, error_code& ec)
    {
        return this->run(copy_job(dir_path(*this), to, options), ec);
    }

    /// Makes a complete copy of the file under another name. See the form that throws.
    copy_report copy_to(const dir_path& to, error_code& ec) { return copy_to(to, copy_options(), ec); }

    /// Asynchronous form of copy_to().
    /**
     * `void(error_code, copy_report)`, on a worker thread: the first error there was, and the report, also
     * beside an error.
     * @par Per-Operation Cancellation
     * terminal, partial, total: what was copied so far is removed and the handler gets operation_aborted;
     * once the copy is complete, its success.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, copy_report)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_copy_to(const dir_path& to, const copy_options& options,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), copy_job(dir_path(*this), to, options), std::forward<Token>(token));
    }

    /// Asynchronous form of copy_to(): `void(error_code, copy_report)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, copy_report)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_copy_to(const dir_path& to, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_copy_to(to, copy_options(), std::forward<Token>(token));
    }

protected:
    using base::base;
    using base::operator=;

    basic_transfer_operations(basic_transfer_operations&&) noexcept = default;
    basic_transfer_operations& operator=(basic_transfer_operations&&) noexcept = default;
    ~basic_transfer_operations() = default;

private:
    using copy_job = detail::job_op<detail::copy_file_job, copy_report>;

    static constexpr detail::file_offset position() noexcept
    {
        return detail::file_offset::stream_position();
    }
};

} // namespace asio_fs

#endif
