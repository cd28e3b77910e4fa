// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_FILE_OPERATIONS_HPP
#define ASIO_FS_BASIC_FILE_OPERATIONS_HPP

#include <asio_fs/basic_transfer_operations.hpp>
#include <asio_fs/file_base.hpp>
#include <asio_fs/op/fadvise.hpp>
#include <asio_fs/op/fallocate.hpp>
#include <asio_fs/op/fdatasync.hpp>
#include <asio_fs/op/ftruncate.hpp>
#include <asio_fs/op/read_at.hpp>
#include <asio_fs/op/seek.hpp>
#include <asio_fs/op/seek_data.hpp>
#include <asio_fs/op/seek_hole.hpp>
#include <asio_fs/op/sync_file_range.hpp>
#include <asio_fs/op/write_at.hpp>

#include <boost/asio/file_base.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace asio_fs {

/// What an open file can do; the part of basic_extended_file that is about content.
/**
 * What all operations have in common is said at basic_inode_object.
 */
template <class Executor = asio::any_io_executor>
class basic_file_operations : public basic_transfer_operations<Executor>
{
    using base = basic_transfer_operations<Executor>;

public:
    using typename base::executor_type;

    // -------------------------------------------------------------------------------------------------------
    // Reading and writing

    /// Reads from an offset, perhaps less than there is room for: preadv2(2).
    /**
     * The stream position is neither used nor moved.
     * @param offset in bytes from the beginning
     * @param buffers where the data goes; of a longer sequence, the first 16 buffers that are not empty
     * @returns the number of bytes, which is 0 only if the buffers are empty
     * @throws system_error eof at the end of the file, EISDIR, EIO, ...
     */
    template <detail::mutable_buffers MutableBufferSequence>
    std::size_t read_some_at(std::uint64_t offset, const MutableBufferSequence& buffers)
    {
        return this->run(op::read_at{this->native_handle(), detail::io_buffers(buffers), offset});
    }

    /// Reads from an offset, perhaps less than there is room for: preadv2(2).
    template <detail::mutable_buffers MutableBufferSequence>
    std::size_t read_some_at(std::uint64_t offset, const MutableBufferSequence& buffers, error_code& ec)
    {
        return this->run(op::read_at{this->native_handle(), detail::io_buffers(buffers), offset}, ec);
    }

    /// Asynchronous form of read_some_at().
    /**
     * `void(error_code, std::size_t)`, on the ring.
     */
    template <detail::mutable_buffers MutableBufferSequence,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_read_some_at(std::uint64_t offset, const MutableBufferSequence& buffers,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::read_at{this->native_handle(), detail::io_buffers(buffers), offset},
            std::forward<Token>(token));
    }

    /// Writes at an offset, perhaps less than everything: pwritev2(2).
    /**
     * The stream position is neither used nor moved. A file opened with file_base::append is written at its
     * end all the same, see pwrite(2).
     * @param offset in bytes from the beginning
     * @param buffers the data; of a longer sequence, the first 16 buffers that are not empty
     * @returns the number of bytes
     * @throws system_error ENOSPC, EFBIG, EDQUOT, EIO, ...
     */
    template <detail::const_buffers ConstBufferSequence>
    std::size_t write_some_at(std::uint64_t offset, const ConstBufferSequence& buffers)
    {
        return this->run(op::write_at{this->native_handle(), detail::io_buffers(buffers), offset});
    }

    /// Writes at an offset, perhaps less than everything: pwritev2(2).
    template <detail::const_buffers ConstBufferSequence>
    std::size_t write_some_at(std::uint64_t offset, const ConstBufferSequence& buffers, error_code& ec)
    {
        return this->run(op::write_at{this->native_handle(), detail::io_buffers(buffers), offset}, ec);
    }

    /// Asynchronous form of write_some_at().
    /**
     * `void(error_code, std::size_t)`, on the ring.
     */
    template <detail::const_buffers ConstBufferSequence,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_write_some_at(std::uint64_t offset, const ConstBufferSequence& buffers,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::write_at{this->native_handle(), detail::io_buffers(buffers), offset},
            std::forward<Token>(token));
    }

    /// Reads from the stream position and moves it, perhaps less than there is room for: readv(2).
    /**
     * As read_some_at().
     */
    template <detail::mutable_buffers MutableBufferSequence>
    std::size_t read_some(const MutableBufferSequence& buffers)
    {
        return this->run(op::read_at{this->native_handle(), detail::io_buffers(buffers)});
    }

    /// Reads from the stream position and moves it, perhaps less than there is room for: readv(2).
    template <detail::mutable_buffers MutableBufferSequence>
    std::size_t read_some(const MutableBufferSequence& buffers, error_code& ec)
    {
        return this->run(op::read_at{this->native_handle(), detail::io_buffers(buffers)}, ec);
    }

    /// Asynchronous form of read_some().
    /**
     * `void(error_code, std::size_t)`, on the ring. One at a time: the order of several is the kernel's.
     */
    template <detail::mutable_buffers MutableBufferSequence,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_read_some(const MutableBufferSequence& buffers,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::read_at{this->native_handle(), detail::io_buffers(buffers)},
            std::forward<Token>(token));
    }

    /// Writes at the stream position and moves it, perhaps less than everything: writev(2).
    /**
     * As write_some_at().
     */
    template <detail::const_buffers ConstBufferSequence>
    std::size_t write_some(const ConstBufferSequence& buffers)
    {
        return this->run(op::write_at{this->native_handle(), detail::io_buffers(buffers)});
    }

    /// Writes at the stream position and moves it, perhaps less than everything: writev(2).
    template <detail::const_buffers ConstBufferSequence>
    std::size_t write_some(const ConstBufferSequence& buffers, error_code& ec)
    {
        return this->run(op::write_at{this->native_handle(), detail::io_buffers(buffers)}, ec);
    }

    /// Asynchronous form of write_some().
    /**
     * `void(error_code, std::size_t)`, on the ring. One at a time: the order of several is the kernel's.
     */
    template <detail::const_buffers ConstBufferSequence,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_write_some(const ConstBufferSequence& buffers,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::write_at{this->native_handle(), detail::io_buffers(buffers)},
            std::forward<Token>(token));
    }

    // -------------------------------------------------------------------------------------------------------
    // Size and space

    /// Cuts the file off, or extends it by a hole: ftruncate(2).
    /**
     * @param size the new size in bytes
     * @throws system_error EFBIG, EINVAL, EPERM
     */
    void ftruncate(std::uint64_t size) { this->run(op::ftruncate{this->native_handle(), size}); }

    /// Cuts the file off, or extends it by a hole: ftruncate(2).
    void ftruncate(std::uint64_t size, error_code& ec)
    {
        this->run(op::ftruncate{this->native_handle(), size}, ec);
    }

    /// Asynchronous form of ftruncate().
    /**
     * `void(error_code)`, on the ring (Linux 6.9).
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_ftruncate(std::uint64_t size,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::ftruncate{this->native_handle(), size}, std::forward<Token>(token));
    }

    /// Reserves, gives back, zeroes, inserts or cuts out a range: fallocate(2).
    /**
     * @param mode what to do
     * @param offset,length the range in bytes; some modes want multiples of the block size
     * @throws system_error EOPNOTSUPP if the file system does not know the mode, ENOSPC, EINVAL
     */
    void fallocate(fallocate_mode mode, std::uint64_t offset, std::uint64_t length)
    {
        this->run(op::fallocate{this->native_handle(), mode, offset, length});
    }

    /// Reserves, gives back, zeroes, inserts or cuts out a range: fallocate(2).
    void fallocate(fallocate_mode mode, std::uint64_t offset, std::uint64_t length, error_code& ec)
    {
        this->run(op::fallocate{this->native_handle(), mode, offset, length}, ec);
    }

    /// Asynchronous form of fallocate().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fallocate(fallocate_mode mode, std::uint64_t offset, std::uint64_t length,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fallocate{this->native_handle(), mode, offset, length},
            std::forward<Token>(token));
    }

    /// Says how a range will be used: posix_fadvise(2).
    /**
     * @param offset,length the range in bytes; a length of 0 reaches to the end of the file
     * @param use what the cache should be prepared for
     */
    void fadvise(std::uint64_t offset, std::uint64_t length, advice use)
    {
        this->run(op::fadvise{this->native_handle(), offset, length, use});
    }

    /// Says how a range will be used: posix_fadvise(2).
    void fadvise(std::uint64_t offset, std::uint64_t length, advice use, error_code& ec)
    {
        this->run(op::fadvise{this->native_handle(), offset, length, use}, ec);
    }

    /// Asynchronous form of fadvise().
    /**
     * `void(error_code)`, on the ring. There, a length of 4 GiB or more reaches to the end of the file.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fadvise(std::uint64_t offset, std::uint64_t length, advice use,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::fadvise{this->native_handle(), offset, length, use},
            std::forward<Token>(token));
    }

    /// Finds where data begins, at an offset or after it: lseek(2).
    /**
     * Moves the stream position there. A file system that does not know holes has data everywhere.
     * @returns the offset of the data in bytes
     * @throws system_error ENXIO when there is none up to the end, or the offset is beyond it
     */
    std::uint64_t seek_data(std::uint64_t offset)
    {
        return this->run(op::seek_data{this->native_handle(), offset});
    }

    /// Finds where data begins, at an offset or after it: lseek(2).
    std::uint64_t seek_data(std::uint64_t offset, error_code& ec)
    {
        return this->run(op::seek_data{this->native_handle(), offset}, ec);
    }

    /// Asynchronous form of seek_data().
    /**
     * `void(error_code, std::uint64_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::uint64_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_seek_data(std::uint64_t offset,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::seek_data{this->native_handle(), offset}, std::forward<Token>(token));
    }

    /// Finds where a hole begins, at an offset or after it: lseek(2).
    /**
     * Moves the stream position there. There is a hole at the end of every file.
     * @returns the offset of the hole in bytes
     * @throws system_error ENXIO when the offset is beyond the end
     */
    std::uint64_t seek_hole(std::uint64_t offset)
    {
        return this->run(op::seek_hole{this->native_handle(), offset});
    }

    /// Finds where a hole begins, at an offset or after it: lseek(2).
    std::uint64_t seek_hole(std::uint64_t offset, error_code& ec)
    {
        return this->run(op::seek_hole{this->native_handle(), offset}, ec);
    }

    /// Asynchronous form of seek_hole().
    /**
     * `void(error_code, std::uint64_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::uint64_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_seek_hole(std::uint64_t offset,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::seek_hole{this->native_handle(), offset}, std::forward<Token>(token));
    }

    // -------------------------------------------------------------------------------------------------------
    // Durability

    /// Writes the content to the device, and of the metadata what reading it back needs: fdatasync(2).
    void fdatasync() { this->run(op::fdatasync{this->native_handle()}); }

    /// Writes the content to the device, and of the metadata what reading it back needs: fdatasync(2).
    void fdatasync(error_code& ec) { this->run(op::fdatasync{this->native_handle()}, ec); }

    /// Asynchronous form of fdatasync().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_fdatasync(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::fdatasync{this->native_handle()}, std::forward<Token>(token));
    }

    /// Starts, or waits for, the writing of a range of pages: sync_file_range(2).
    /**
     * This is about pacing: the data does not survive a crash because of it. Use fdatasync() for that.
     * @param offset,length the range in bytes; a length of 0 reaches to the end of the file
     * @param flags what to do and what to wait for
     */
    void sync_file_range(std::uint64_t offset, std::uint64_t length, sync_range_flags flags)
    {
        this->run(op::sync_file_range{this->native_handle(), offset, length, flags});
    }

    /// Starts, or waits for, the writing of a range of pages: sync_file_range(2).
    void sync_file_range(std::uint64_t offset, std::uint64_t length, sync_range_flags flags, error_code& ec)
    {
        this->run(op::sync_file_range{this->native_handle(), offset, length, flags}, ec);
    }

    /// Asynchronous form of sync_file_range().
    /**
     * `void(error_code)`, on the ring. There, a length of 4 GiB or more reaches to the end of the file.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_sync_file_range(std::uint64_t offset, std::uint64_t length, sync_range_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::sync_file_range{this->native_handle(), offset, length, flags},
            std::forward<Token>(token));
    }

    // -------------------------------------------------------------------------------------------------------
    // What asio::basic_file and asio::basic_stream_file offer beside it, under Asio's names. Asio has no
    // asynchronous forms of these; the functions named here do.

    /// Gets the size of the file in bytes: statx(2). Asynchronously: async_statx().
    /**
     * @returns the size in bytes
     * @throws system_error bad_descriptor on a closed file, EIO
     */
    std::uint64_t size() const
    {
        return this->run(op::statx{this->native_handle(), {}, at_flags::empty_path, statx_mask::size}).size();
    }

    /// Gets the size of the file in bytes: statx(2).
    std::uint64_t size(error_code& ec) const
    {
        return this->run(op::statx{this->native_handle(), {}, at_flags::empty_path, statx_mask::size}, ec)
            .size();
    }

    /// Cuts the file off, or extends it by a hole. The same as ftruncate(). Asynchronously: async_ftruncate().
    void resize(std::uint64_t size) { ftruncate(size); }

    /// Cuts the file off, or extends it by a hole. The same as ftruncate().
    void resize(std::uint64_t size, error_code& ec) { ftruncate(size, ec); }

    /// Writes everything to the device. The same as fsync(). Asynchronously: async_fsync().
    void sync_all() { this->fsync(); }

    /// Writes everything to the device. The same as fsync().
    void sync_all(error_code& ec) { this->fsync(ec); }

    /// Writes the content to the device. The same as fdatasync(). Asynchronously: async_fdatasync().
    void sync_data() { fdatasync(); }

    /// Writes the content to the device. The same as fdatasync().
    void sync_data(error_code& ec) { fdatasync(ec); }

    /// Moves the stream position: lseek(2). It waits for nothing, and has no asynchronous form.
    /**
     * @param offset in bytes, counted from `whence`; may lie beyond the end
     * @param whence seek_set, seek_cur or seek_end
     * @returns the new position in bytes from the beginning
     * @throws system_error EINVAL when it would lie before the beginning, ESPIPE on a fifo
     */
    std::uint64_t seek(std::int64_t offset, file_base::seek_basis whence)
    {
        return this->run(op::seek{this->native_handle(), offset, whence});
    }

    /// Moves the stream position: lseek(2).
    std::uint64_t seek(std::int64_t offset, file_base::seek_basis whence, error_code& ec)
    {
        return this->run(op::seek{this->native_handle(), offset, whence}, ec);
    }

#if defined(BOOST_ASIO_HAS_FILE)
    /// Moves the stream position, for programs written for Asio's files: lseek(2).
    std::uint64_t seek(std::int64_t offset, asio::file_base::seek_basis whence)
    {
        return seek(offset, static_cast<file_base::seek_basis>(whence));
    }

    /// Moves the stream position, for programs written for Asio's files: lseek(2).
    std::uint64_t seek(std::int64_t offset, asio::file_base::seek_basis whence, error_code& ec)
    {
        return seek(offset, static_cast<file_base::seek_basis>(whence), ec);
    }
#endif

protected:
    using base::base;
    using base::operator=;

    basic_file_operations(basic_file_operations&&) noexcept = default;
    basic_file_operations& operator=(basic_file_operations&&) noexcept = default;
    ~basic_file_operations() = default;
};

} // namespace asio_fs

#endif
