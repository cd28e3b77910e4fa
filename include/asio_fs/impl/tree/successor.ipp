// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_SUCCESSOR_IPP
#define ASIO_FS_IMPL_TREE_SUCCESSOR_IPP

#include <asio_fs/detail/link_descriptor.hpp>
#include <asio_fs/detail/tree/successor.hpp>

#include <cstdint>
#include <cstdio>

#include <limits.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

namespace asio_fs::detail {

ASIO_FS_DECL std::string successor::temporary_name(std::string_view name)
{
    constexpr std::size_t added = 8; // a dot before the name, a dot and six characters after it
    if (name.size() > NAME_MAX - added)
    {
        name = name.substr(0, NAME_MAX - added);
        // Some file systems take whole characters only.
        while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xc0) == 0x80)
            name.remove_suffix(1);
        if (!name.empty() && (static_cast<unsigned char>(name.back()) & 0x80) != 0)
            name.remove_suffix(1);
    }
    std::uint64_t number;
    if (::getrandom(&number, sizeof number, GRND_NONBLOCK) != static_cast<ssize_t>(sizeof number))
    {
        // Too early for random numbers. The name is created exclusively: it need not be hard to guess.
        timespec now = {};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        number = static_cast<std::uint64_t>(now.tv_nsec) * 2654435761u;
    }
    constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string result;
    result.reserve(name.size() + added);
    result.append(".").append(name).append(".");
    for (int i = 0; i < 6; ++i, number /= letters.size())
        result.push_back(letters[number % letters.size()]);
    return result;
}

ASIO_FS_DECL error_code successor::publish(int fd, const std::string& backup_suffix, std::string_view& step)
{
    switch (how_)
    {
    case way::direct:
        break;
    case way::unnamed:
        step = "linkat";
        if (const int result = link_descriptor(fd, dir_, name_); result < 0)
            return errno_code(-result);
        break;
    case way::temporary:
        step = "renameat2";
        if (::renameat2(dir_, temporary_.c_str(), dir_, name_, RENAME_NOREPLACE) != 0)
        {
            // Not every file system can promise to replace nothing.
            if (errno != EINVAL && errno != ENOSYS)
                return last_error();
            if (::renameat(dir_, temporary_.c_str(), dir_, name_) != 0)
                return last_error();
        }
        break;
    case way::over:
        step = "renameat (backup)";
        if (!backup_suffix.empty() && back_up(dir_, name_, backup_suffix) != 0)
            return last_error();
        step = "renameat";
        if (::renameat(dir_, temporary_.c_str(), dir_, name_) != 0)
        {
            const error_code error = last_error();
            if (!backup_suffix.empty())
                ::renameat(dir_, (name_ + backup_suffix).c_str(), dir_, name_);
            return error;
        }
        // Two names of one inode: rename(2) has done nothing then.
        ::unlinkat(dir_, temporary_.c_str(), 0);
        break;
    }
    unsettled_ = false;
    return {};
}

ASIO_FS_DECL error_code successor::discard() noexcept
{
    if (!unsettled_)
        return {};
    unsettled_ = false;
    if (how_ != way::unnamed && ::unlinkat(dir_, name(), 0) != 0 && errno != ENOENT)
        return last_error();
    return {};
}

ASIO_FS_DECL int back_up(int dir, const char* name, const std::string& suffix)
{
    const int result = ::renameat(dir, name, dir, (name + suffix).c_str());
    return result != 0 && errno == ENOENT ? 0 : result;
}

ASIO_FS_DECL error_code replace_by_directory(int dir, const char* name, mode_t mode,
                                             const std::string& backup_suffix, std::string_view& step)
{
    const std::string aside = backup_suffix.empty() ? successor::temporary_name(name) : name + backup_suffix;
    step = "renameat";
    // Nobody guesses the temporary name; a backup takes the place of the one before.
    const bool moved = ::renameat(dir, name, dir, aside.c_str()) == 0;
    if (!moved && errno != ENOENT)
        return last_error();
    step = "mkdirat";
    if (::mkdirat(dir, name, mode) != 0)
    {
        const error_code error = last_error();
        if (moved)
            ::renameat2(dir, aside.c_str(), dir, name, RENAME_NOREPLACE);
        return error;
    }
    step = "unlinkat";
    if (moved && backup_suffix.empty() && ::unlinkat(dir, aside.c_str(), 0) != 0 && errno != ENOENT)
        return last_error();
    return {};
}

} // namespace asio_fs::detail

#endif
