// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_FILE_TIMES_HPP
#define ASIO_FS_FILE_TIMES_HPP

#include <asio_fs/config.hpp>

#include <sys/stat.h>

#include <chrono>
#include <ctime>

namespace asio_fs {

/// Convert a time of the system's clock for use in file_times. Times before 1970 are rounded down, as in
/// files.
template <class Duration>
timespec to_timespec(const std::chrono::time_point<std::chrono::system_clock, Duration>& time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto rest = std::chrono::floor<std::chrono::nanoseconds>(time - seconds);
    return {static_cast<time_t>(seconds.time_since_epoch().count()), static_cast<long>(rest.count())};
}

/// Convert a time of a file_status. Exact between the years 1678 and 2261, which is as far as 64 bits of
/// nanoseconds reach; files can be older and younger.
inline std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> to_time_point(
    const timespec& time)
{
    return std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>(
        std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

/// The times that a program can set on a file: futimens(3), utimensat(2). What is not mentioned stays.
/**
 * For example `file_times{.mtime = file_times::now}`.
 */
struct file_times
{
    /// Stands for the current time.
    static constexpr timespec now{0, UTIME_NOW};

    /// Leaves a time as it is.
    static constexpr timespec omit{0, UTIME_OMIT};

    /// Time of the last access.
    timespec atime = omit;

    /// Time of the last modification of the content.
    timespec mtime = omit;
};

} // namespace asio_fs

#endif
