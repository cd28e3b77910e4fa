// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_COPY_TREE_HPP
#define ASIO_FS_COPY_TREE_HPP

#include <asio_fs/copy_options.hpp>
#include <asio_fs/copy_report.hpp>
#include <asio_fs/detail/job_op.hpp>
#include <asio_fs/detail/tree/copy_tree_job.hpp>
#include <asio_fs/dir_path.hpp>

namespace asio_fs {

/// Copies a tree with everything that belongs to it.
/**
 * 1. Destination inside source, and source and destination the same, are refused before anything is created.
 * 2. Directories are created, closed to others, and scanned; every entry that is no directory is copied on the spot:
 *    content with its holes, extended attributes with ACLs and capabilities, owner, mode, times. A further name
 *    of an inode becomes a hard link to its copy. Several threads share the directories.
 * 3. A directory gets its own attributes when everything beneath it is finished.
 *
 * `to` becomes the copy of `from`: the name of the source is not appended. Directories that exist are merged, other
 * entries replaced as options.overwrite says. Everything is opened relative to directory descriptors and no
 * symbolic link within either tree is followed, also when somebody exchanges entries meanwhile. Entries deeper than
 * PATH_MAX are copied. An entry that fails is reported, its partial copy removed, and the copy goes on. What is
 * replaced keeps its name until its successor is complete, and so is there after a failure.
 *
 * Runs on worker threads, as direct system calls.
 *
 * @param from the source, a directory or any other kind of entry
 * @param to the destination, whose parent must exist
 * @param options what to preserve and how; its functions are called from the copying threads, one at a time
 * @param ec the first error there was; the report has all of them
 * @returns what was done and what failed
 */
inline copy_report copy_tree(const dir_path& from, const dir_path& to, const copy_options& options, error_code& ec)
{
    return detail::run(detail::job_op<detail::copy_tree_job, copy_report>(from, to, options), ec);
}

/// Copies a tree with everything that belongs to it. See the form with an error_code.
/**
 * @param from the source
 * @param to the destination
 * @param options what to preserve and how
 * @returns what was done
 * @throws system_error the first error there was, after everything else was copied
 */
inline copy_report copy_tree(const dir_path& from, const dir_path& to, const copy_options& options = {})
{
    return detail::run(detail::job_op<detail::copy_tree_job, copy_report>(from, to, options));
}

/// Copies a tree with everything that belongs to it. See the form with options.
inline copy_report copy_tree(const dir_path& from, const dir_path& to, error_code& ec)
{
    return copy_tree(from, to, copy_options(), ec);
}

/// Starts copying a tree with everything that belongs to it. See copy_tree().
/**
 * @param where an executor or execution context, on which the handler runs unless it has an executor of its own
 * @param from the source
 * @param to the destination
 * @param options what to preserve and how
 * @param token any completion token
 * @par Completion Signature
 * `void(error_code, copy_report)`: the first error there was, and the report, also beside an error
 * @par Per-Operation Cancellation
 * terminal, partial, total: no further entry is begun, the files being copied are removed, and the handler gets
 * operation_aborted with the report of what was done
 */
template <detail::place_to_run Place,
    BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, copy_report)) Token = detail::default_token_of<Place>>
auto async_copy_tree(
    Place&& where, const dir_path& from, const dir_path& to, const copy_options& options = {}, Token&& token = Token())
{
    return detail::async_job(where, detail::job_op<detail::copy_tree_job, copy_report>(from, to, options),
        std::forward<Token>(token));
}

/// Starts copying a tree with everything that belongs to it. See the form with options.
template <detail::place_to_run Place, BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, copy_report)) Token>
auto async_copy_tree(Place&& where, const dir_path& from, const dir_path& to, Token&& token)
{
    return async_copy_tree(where, from, to, copy_options(), std::forward<Token>(token));
}

} // namespace asio_fs

#endif
