// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ERROR_HPP
#define ASIO_FS_ERROR_HPP

#include <asio_fs/config.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>

namespace asio_fs {

using boost::system::error_code;
using boost::system::system_error;

namespace detail {

// The kernel's private "restart me" results. A system call never shows them, an io_uring completion does.
inline constexpr int restart_first = 512; // ERESTARTSYS
inline constexpr int restart_last = 516;  // ERESTART_RESTARTBLOCK

// True for each of the results by which the kernel says that an operation was interrupted or cancelled.
constexpr bool is_interruption(int result) noexcept
{
    return result == -ECANCELED || result == -EINTR || (result <= -restart_first && result >= -restart_last);
}

// The error of a result as system calls in io_uring's form give it: >= 0 or -errno.
inline error_code to_error(int result) noexcept
{
    if (result >= 0)
        return {};
    if (is_interruption(result))
        return asio::error::operation_aborted;
    return error_code(-result, boost::system::system_category());
}

// A system call's own convention, -1 and errno, in io_uring's.
inline int ret(long result) noexcept
{
    return result < 0 ? -errno : static_cast<int>(result);
}

} // namespace detail
} // namespace asio_fs

#endif
