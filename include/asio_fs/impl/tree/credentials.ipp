// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_CREDENTIALS_IPP
#define ASIO_FS_IMPL_TREE_CREDENTIALS_IPP

#include <asio_fs/detail/tree/credentials.hpp>

#include <cstddef>

#include <unistd.h>

namespace asio_fs::detail {

ASIO_FS_DECL credentials credentials::of_process()
{
    credentials result;
    result.user = ::geteuid();
    result.privileged = result.user == 0;
    const int count = ::getgroups(0, nullptr);
    result.groups.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    const int filled = ::getgroups(count > 0 ? count : 0, result.groups.data());
    result.groups.resize(filled > 0 ? static_cast<std::size_t>(filled) : 0);
    result.groups.push_back(::getegid());
    return result;
}

} // namespace asio_fs::detail

#endif
