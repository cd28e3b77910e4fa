// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_FILE_OFFSET_HPP
#define ASIO_FS_DETAIL_FILE_OFFSET_HPP

#include <asio_fs/config.hpp>

#include <sys/types.h>

#include <cstdint>
#include <limits>

namespace asio_fs::detail {

static_assert(sizeof(off_t) == 8, "compile with -D_FILE_OFFSET_BITS=64: offsets in files have 64 bits");

// An offset or length in the kernel's type, which is signed. What does not fit becomes a value that the
// kernel refuses with EINVAL, and not the one that stands for the stream position.
class file_offset
{
public:
    constexpr file_offset(std::uint64_t value) noexcept
        : value_(value <= static_cast<std::uint64_t>(max()) ? static_cast<off_t>(value) : min())
    {
    }

    // Where the open file is read or written next.
    static constexpr file_offset stream_position() noexcept
    {
        file_offset o(0);
        o.value_ = -1;
        return o;
    }

    constexpr bool is_stream_position() const noexcept { return value_ == -1; }
    constexpr bool valid() const noexcept { return value_ >= 0; }
    constexpr off_t native() const noexcept { return value_; }

    // As submission entries hold it.
    constexpr std::uint64_t sqe() const noexcept { return static_cast<std::uint64_t>(value_); }

    // A length for opcodes that have 32 bits for it: what is longer reaches to the end of the file, which is
    // 0.
    constexpr std::uint32_t sqe_length() const noexcept
    {
        return value_ <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(value_) : 0;
    }

private:
    static constexpr off_t max() noexcept { return std::numeric_limits<off_t>::max(); }
    static constexpr off_t min() noexcept { return std::numeric_limits<off_t>::min(); }

    off_t value_;
};

} // namespace asio_fs::detail

#endif
