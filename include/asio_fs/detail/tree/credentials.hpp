// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_CREDENTIALS_HPP
#define ASIO_FS_DETAIL_TREE_CREDENTIALS_HPP

#include <asio_fs/config.hpp>

#include <vector>

#include <sys/types.h>

namespace asio_fs::detail {

/// As whom a copy is made.
struct credentials
{
    bool privileged = false;
    uid_t user = 0;
    std::vector<gid_t> groups = {};
    bool gives_files_away = false; ///< has CAP_CHOWN

    /// Those of this process.
    ASIO_FS_DECL static credentials of_process();

    bool may_change_owners() const noexcept { return privileged || gives_files_away; }

    bool is_member(gid_t group) const noexcept
    {
        for (const gid_t own : groups)
        {
            if (own == group)
                return true;
        }
        return false;
    }
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/credentials.ipp>
#endif

#endif
