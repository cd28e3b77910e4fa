// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_REMOVE_TREE_HPP
#define ASIO_FS_REMOVE_TREE_HPP

#include <asio_fs/detail/job_op.hpp>
#include <asio_fs/detail/tree/remove_tree_job.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/remove_options.hpp>
#include <asio_fs/remove_report.hpp>

namespace asio_fs {

/// Removes a tree, as `rm -rf` does.
/**
 * 1. The root directory of the system, and paths that end in `.` or `..`, are refused.
 * 2. Every directory is opened relative to the one above it, never through a symbolic link, and everything in it that
 *    is no directory is unlinked. So nothing outside the tree can be removed, whatever is exchanged meanwhile.
 * 3. A directory is removed when everything beneath it is. What cannot be removed is reported, and the rest goes on.
 *
 * Trees of any depth are removed with a bounded number of descriptors. Runs on worker threads, as direct system calls.
 *
 * @param root the tree, or an entry of any other kind; a symbolic link is removed itself. ENOENT when missing.
 * @param options how; its functions are called from the removing threads, one at a time
 * @param ec the first error there was; the report has all of them
 * @returns what was removed and what failed
 */
inline remove_report remove_tree(const dir_path& root, const remove_options& options, error_code& ec)
{
    return detail::run(detail::job_op<detail::remove_tree_job, remove_report>(root, options), ec);
}

/// Removes a tree, as `rm -rf` does. See the form with an error_code.
/**
 * @param root the tree, or an entry of any other kind
 * @param options how
 * @returns what was removed
 * @throws system_error the first error there was, after everything else was removed
 */
inline remove_report remove_tree(const dir_path& root, const remove_options& options = {})
{
    return detail::run(detail::job_op<detail::remove_tree_job, remove_report>(root, options));
}

/// Removes a tree, as `rm -rf` does. See the form with options.
inline remove_report remove_tree(const dir_path& root, error_code& ec)
{
    return remove_tree(root, remove_options(), ec);
}

/// Starts removing a tree, as `rm -rf` does. See remove_tree().
/**
 * @param where an executor or execution context, on which the handler runs unless it has an executor of its own
 * @param root the tree, or an entry of any other kind
 * @param options how
 * @param token any completion token
 * @par Completion Signature
 * `void(error_code, remove_report)`: the first error there was, and the report, also beside an error
 * @par Per-Operation Cancellation
 * terminal, partial, total: nothing further is removed and the handler gets operation_aborted with the report of
 * what was
 */
template <detail::place_to_run Place,
    BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, remove_report)) Token = detail::default_token_of<Place>>
auto async_remove_tree(Place&& where, const dir_path& root, const remove_options& options = {}, Token&& token = Token())
{
    return detail::async_job(where, detail::job_op<detail::remove_tree_job, remove_report>(root, options),
        std::forward<Token>(token));
}

/// Starts removing a tree, as `rm -rf` does. See the form with options.
template <detail::place_to_run Place, BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, remove_report)) Token>
auto async_remove_tree(Place&& where, const dir_path& root, Token&& token)
{
    return async_remove_tree(where, root, remove_options(), std::forward<Token>(token));
}

} // namespace asio_fs

#endif
