// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OPEN_FLAGS_HPP
#define ASIO_FS_OPEN_FLAGS_HPP

#include <asio_fs/file_base.hpp>

#include <boost/asio/file_base.hpp>

namespace asio_fs {

/// Say how a file is opened: any combination of file_base::flags, and of Asio's own where Asio has files.
/**
 * Native values pass by explicit conversion, open_flags(O_...). Every descriptor is opened with O_CLOEXEC.
 */
class open_flags : public file_base
{
public:
    /// Converts from a single flag.
    constexpr open_flags(file_base::flags value) noexcept : value_(value) {}
#if defined(BOOST_ASIO_HAS_FILE)
    /// Converts from the flags of Asio's own files.
    constexpr open_flags(asio::file_base::flags value) noexcept : value_(value) {}
#endif
    /// Takes the kernel's value, O_... of open(2).
    constexpr explicit open_flags(int value) noexcept : value_(value) {}

    /// The kernel's value.
    constexpr int native() const noexcept { return value_; }

    /// Combine flags as the kernel's bits.
    /// @{
    friend constexpr open_flags operator|(open_flags a, open_flags b) noexcept
    {
        return open_flags(a.value_ | b.value_);
    }
    friend constexpr open_flags operator&(open_flags a, open_flags b) noexcept
    {
        return open_flags(a.value_ & b.value_);
    }
    friend constexpr open_flags operator~(open_flags a) noexcept { return open_flags(~a.value_); }
    friend constexpr open_flags& operator|=(open_flags& a, open_flags b) noexcept { return a = a | b; }
    friend constexpr open_flags& operator&=(open_flags& a, open_flags b) noexcept { return a = a & b; }
    /// @}

    /// Whether they are the same for the kernel.
    friend constexpr bool operator==(open_flags a, open_flags b) noexcept { return a.value_ == b.value_; }

private:
    int value_;
};

} // namespace asio_fs

#endif
