// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SELINUX_XATTR_HPP
#define ASIO_FS_DETAIL_SELINUX_XATTR_HPP

#include <asio_fs/detail/xattr_value.hpp>

#include <cerrno>
#include <string>

// SELinux labels as the extended attribute that holds them. libselinux writes the terminating NUL as well;
// others do not always.

namespace asio_fs::detail {

inline constexpr const char* selinux_xattr_name = "security.selinux";

// `get` reads the attribute, as for read_xattr(). Returns 0 or -errno.
template <class Get>
int get_label(std::string& label, Get get) noexcept
{
    const int result = read_xattr(label, get);
    if (result < 0)
        return result;
    if (label.empty())
        return -ENOTSUP; // as libselinux has it
    if (const std::size_t nul = label.find('\0'); nul != label.npos)
        label.resize(nul);
    return 0;
}

inline bool is_label(const std::string& label) noexcept { return label.find('\0') == label.npos; }

} // namespace asio_fs::detail

#endif
