// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_CREDENTIALS_IPP
#define ASIO_FS_IMPL_TREE_CREDENTIALS_IPP

#include <asio_fs/detail/tree/credentials.hpp>

#include <cstddef>

#include <linux/capability.h>
#include <sys/syscall.h>
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
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct capabilities[_LINUX_CAPABILITY_U32S_3] = {};
    result.gives_files_away = ::syscall(SYS_capget, &header, capabilities) == 0 &&
                              (capabilities[0].effective & (1u << CAP_CHOWN)) != 0;
    return result;
}

} // namespace asio_fs::detail

#endif
