// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_DIR_READER_IPP
#define ASIO_FS_IMPL_TREE_DIR_READER_IPP

#include <asio_fs/detail/tree/dir_reader.hpp>

#include <cstring>

#include <sys/syscall.h>
#include <unistd.h>

namespace asio_fs::detail {

// The layout of the kernel's linux_dirent64. See getdents64(2).
inline constexpr std::size_t dirent_position = 8;
inline constexpr std::size_t dirent_length = 16;
inline constexpr std::size_t dirent_type = 18;
inline constexpr std::size_t dirent_name = 19;

ASIO_FS_DECL dir_reader::dir_reader() : buffer_(new char[capacity]) {}

ASIO_FS_DECL error_code dir_reader::start(int fd, std::int64_t position)
{
    fd_ = fd;
    used_ = at_ = 0;
    position_ = position;
    at_end_ = false;
    // The descriptor is shared with whoever read the directory before.
    return ::lseek(fd, position, SEEK_SET) < 0 ? last_error() : error_code{};
}

ASIO_FS_DECL error_code dir_reader::fill()
{
    const long n = uninterrupted([this] { return ::syscall(SYS_getdents64, fd_, buffer_.get(), capacity); });
    used_ = n > 0 ? static_cast<std::size_t>(n) : 0;
    at_ = 0;
    at_end_ = n <= 0;
    return n < 0 ? last_error() : error_code{};
}

ASIO_FS_DECL bool dir_reader::next(entry& result)
{
    while (at_ < used_)
    {
        const char* const record = buffer_.get() + at_;
        std::uint16_t length;
        std::memcpy(&length, record + dirent_length, sizeof length);
        std::memcpy(&position_, record + dirent_position, sizeof position_);
        at_ += length;
        const char* const name = record + dirent_name;
        if (name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)))
            continue;
        result = {name, static_cast<entry_type>(static_cast<unsigned char>(record[dirent_type]))};
        return true;
    }
    return false;
}

} // namespace asio_fs::detail

#endif
