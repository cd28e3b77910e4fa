// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_REPLACE_FILE_HPP
#define ASIO_FS_REPLACE_FILE_HPP

#include <asio_fs/detail/executor_of.hpp>
#include <asio_fs/detail/get_engine.hpp>
#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/detail/job_op.hpp>
#include <asio_fs/detail/replace_file_op.hpp>
#include <asio_fs/detail/run.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/replace_file_options.hpp>

#include <utility>

namespace asio_fs {

/// Puts new content under a name, all at once: whoever opens the name, at any time and after any crash, finds
/// the old file or the new one, complete.
/**
 * The new file is written without a name (O_TMPFILE), or under a temporary one where the file system cannot
 * do that. It gets mode, owner and extended attributes of the file that it replaces, goes to the device
 * (fsync(2)), and only then takes the name: by linkat(2) if that is free, by renameat(2) from a temporary
 * name otherwise. Last, the directory goes to the device. Other hard links to the old file, and who has it
 * open, keep the old content. A symbolic link of this name is replaced itself.
 *
 * When it fails, the old file is as it was, and nothing else is left. Only a crash may leave a temporary
 * name, a dot, the name and a number: at any time on file systems without O_TMPFILE, just before the
 * renameat(2) on others.
 *
 * Runs on a worker thread, as direct system calls.
 *
 * @param to the file, which need not exist; its directory must
 * @param content one buffer or a sequence of buffers
 * @param options what is kept of the old file, and what is synchronised
 * @param ec ENOSPC, EDQUOT, EACCES, EISDIR, ...; EPERM if what is to be kept must not be set. An error of the
 * last step, fsync(2) of the directory, is the only one after which the new file has the name.
 */
template <class ConstBufferSequence>
requires asio::is_const_buffer_sequence<ConstBufferSequence>::value void
replace_file(const dir_path& to, const ConstBufferSequence& content, const replace_file_options& options,
             error_code& ec)
{
    detail::run(detail::replace_file_op(to, content, options), ec);
}

/// Puts new content under a name, all at once. See the form with an error_code.
/**
 * @param to the file, which need not exist; its directory must
 * @param content one buffer or a sequence of buffers
 * @param options what is kept of the old file, and what is synchronised
 * @throws system_error what failed
 */
template <class ConstBufferSequence>
requires asio::is_const_buffer_sequence<ConstBufferSequence>::value void
replace_file(const dir_path& to, const ConstBufferSequence& content, const replace_file_options& options = {})
{
    detail::run(detail::replace_file_op(to, content, options));
}

/// Puts new content under a name, all at once. See the form with options.
template <class ConstBufferSequence>
requires asio::is_const_buffer_sequence<ConstBufferSequence>::value void
replace_file(const dir_path& to, const ConstBufferSequence& content, error_code& ec)
{
    replace_file(to, content, replace_file_options(), ec);
}

/// Starts putting new content under a name, all at once. See replace_file().
/**
 * @param where an executor or execution context, on which the handler runs unless it has an executor of its
 * own
 * @param to the file, which need not exist; its directory must
 * @param content one buffer or a sequence of buffers. The memory is borrowed until the handler is called.
 * @param options what is kept of the old file, and what is synchronised
 * @param token any completion token
 * @par Completion Signature
 * `void(error_code)`
 * @par Per-Operation Cancellation
 * terminal, partial, total: until the new file takes the name, nothing has happened and the handler gets
 * operation_aborted; afterwards, its success
 */
template <detail::place_to_run Place, class ConstBufferSequence,
          BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token = detail::default_token_of<Place>>
requires asio::is_const_buffer_sequence<ConstBufferSequence>::value auto
async_replace_file(Place&& where, const dir_path& to, const ConstBufferSequence& content,
                   const replace_file_options& options = {}, Token&& token = Token())
{
    using executor_type = detail::executor_of_t<Place>;
    const executor_type ex = detail::executor_of(where);
    return detail::async_run(detail::initiation<executor_type>(ex, detail::get_engine(ex)),
                             detail::replace_file_op(to, content, options), std::forward<Token>(token));
}

/// Starts putting new content under a name, all at once. See the form with options.
template <detail::place_to_run Place, class ConstBufferSequence,
          BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token>
requires asio::is_const_buffer_sequence<ConstBufferSequence>::value auto
async_replace_file(Place&& where, const dir_path& to, const ConstBufferSequence& content, Token&& token)
{
    return async_replace_file(where, to, content, replace_file_options(), std::forward<Token>(token));
}

} // namespace asio_fs

#endif
