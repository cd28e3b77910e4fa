// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CREATE_DIRECTORIES_HPP
#define ASIO_FS_CREATE_DIRECTORIES_HPP

#include <asio_fs/create_directories_options.hpp>
#include <asio_fs/create_directories_report.hpp>
#include <asio_fs/detail/create_directories_job.hpp>
#include <asio_fs/detail/job_op.hpp>
#include <asio_fs/dir_path.hpp>

#include <utility>

namespace asio_fs {

/// Makes a directory, and every directory on the way to it that is missing, as `mkdir -p` does.
/**
 * Directories that are there already are left as they are, also when another process makes them meanwhile.
 * Those that were made stay when a later one fails.
 *
 * Runs on a worker thread, as direct system calls.
 *
 * @param path the directory
 * @param options the mode of new directories, and how far the path may lead
 * @param ec ENOTDIR or EEXIST if something else is in the way, EXDEV or ELOOP if options.resolve forbids the
 * way, EACCES, ENOSPC, ...; the report says where
 * @returns how many directories were made, and what failed
 */
inline create_directories_report create_directories(const dir_path& path,
                                                    const create_directories_options& options, error_code& ec)
{
    return detail::run(
        detail::job_op<detail::create_directories_job, create_directories_report>(path, options), ec);
}

/// Makes a directory, and every directory on the way to it that is missing. See the form with an error_code.
/**
 * @param path the directory
 * @param options the mode of new directories, and how far the path may lead
 * @returns how many directories were made
 * @throws system_error what failed; its text names the path
 */
inline create_directories_report create_directories(const dir_path& path,
                                                    const create_directories_options& options = {})
{
    return detail::run(
        detail::job_op<detail::create_directories_job, create_directories_report>(path, options));
}

/// Makes a directory, and every directory on the way to it that is missing. See the form with options.
inline create_directories_report create_directories(const dir_path& path, error_code& ec)
{
    return create_directories(path, create_directories_options(), ec);
}

/// Starts making a directory, and every directory on the way to it that is missing. See create_directories().
/**
 * @param where an executor or execution context, on which the handler runs unless it has an executor of its
 * own
 * @param path the directory
 * @param options the mode of new directories, and how far the path may lead
 * @param token any completion token
 * @par Completion Signature
 * `void(error_code, create_directories_report)`: the report also beside an error
 * @par Per-Operation Cancellation
 * terminal, partial, total: no further directory is made, and the handler gets operation_aborted
 */
template <detail::place_to_run Place,
          BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, create_directories_report))
              Token = detail::default_token_of<Place>>
auto async_create_directories(Place&& where, const dir_path& path,
                              const create_directories_options& options = {}, Token&& token = Token())
{
    return detail::async_job(
        where, detail::job_op<detail::create_directories_job, create_directories_report>(path, options),
        std::forward<Token>(token));
}

/// Starts making a directory, and every one on the way to it that is missing. See the form with options.
template <detail::place_to_run Place,
          BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, create_directories_report)) Token>
auto async_create_directories(Place&& where, const dir_path& path, Token&& token)
{
    return async_create_directories(where, path, create_directories_options(), std::forward<Token>(token));
}

} // namespace asio_fs

#endif
