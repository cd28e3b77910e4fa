// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_FILE_HPP
#define ASIO_FS_COPY_FILE_HPP

#include <asio_fs/copy_options.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/detail/job_op.hpp>
#include <asio_fs/detail/tree/copy_file_job.hpp>
#include <asio_fs/dir_path.hpp>

namespace asio_fs {

/// Copies one regular file with everything that belongs to it.
/**
 * Content with its holes, extended attributes with ACLs and capabilities, owner, mode and times. The fastest way
 * that the two file systems offer is found by trying: a reflink, copy_file_range(2), reading and writing; each
 * falls to the next at any offset without losing bytes. A file that changes while it is read is copied again, and
 * reported if it keeps changing. What has the new name keeps it until the copy is complete; when the copy fails and
 * nothing had the name, nothing stays under it.
 *
 * Runs on a worker thread, as direct system calls.
 *
 * @param from the file; symbolic links are followed
 * @param to its new name, in a directory that exists. What has this name is replaced as options.overwrite says,
 * unless it is a directory or the file itself.
 * @param options what to preserve and how; its functions are called from the copying thread
 * @param ec the first error there was; the report has all of them
 * @returns what was done and what failed
 */
inline copy_report copy_file(const dir_path& from, const dir_path& to, const copy_options& options, error_code& ec)
{
    return detail::run(detail::job_op<detail::copy_file_job, copy_report>(from, to, options), ec);
}

/// Copies one regular file with everything that belongs to it. See the form with an error_code.
/**
 * @param from the source
 * @param to the destination
 * @param options what to preserve and how
 * @returns what was done
 * @throws system_error the first error there was
 */
inline copy_report copy_file(const dir_path& from, const dir_path& to, const copy_options& options = {})
{
    return detail::run(detail::job_op<detail::copy_file_job, copy_report>(from, to, options));
}

/// Copies one regular file with everything that belongs to it. See the form with options.
inline copy_report copy_file(const dir_path& from, const dir_path& to, error_code& ec)
{
    return copy_file(from, to, copy_options(), ec);
}

/// Starts copying one regular file with everything that belongs to it. See copy_file().
/**
 * @param where an executor or execution context, on which the handler runs unless it has an executor of its own
 * @param from the source
 * @param to the destination
 * @param options what to preserve and how
 * @param token any completion token
 * @par Completion Signature
 * `void(error_code, copy_report)`: the first error there was, and the report, also beside an error
 * @par Per-Operation Cancellation
 * terminal, partial, total: what was copied so far is removed (see copy_options::keep_partial) and the handler gets
 * operation_aborted; once the copy is complete, its success
 */
template <detail::place_to_run Place,
    BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, copy_report)) Token = detail::default_token_of<Place>>
auto async_copy_file(
    Place&& where, const dir_path& from, const dir_path& to, const copy_options& options = {}, Token&& token = Token())
{
    return detail::async_job(where, detail::job_op<detail::copy_file_job, copy_report>(from, to, options),
        std::forward<Token>(token));
}

/// Starts copying one regular file with everything that belongs to it. See the form with options.
template <detail::place_to_run Place, BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, copy_report)) Token>
auto async_copy_file(Place&& where, const dir_path& from, const dir_path& to, Token&& token)
{
    return async_copy_file(where, from, to, copy_options(), std::forward<Token>(token));
}

} // namespace asio_fs

#endif
