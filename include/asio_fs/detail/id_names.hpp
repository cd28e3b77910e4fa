// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_ID_NAMES_HPP
#define ASIO_FS_DETAIL_ID_NAMES_HPP

#include <asio_fs/config.hpp>

#include <sys/types.h>

#include <optional>
#include <string>

// The system's databases of users and groups, by the functions that threads may share. They may ask the
// network.

namespace asio_fs::detail {

// Empty if there is none.
ASIO_FS_DECL std::string user_name(uid_t id);
ASIO_FS_DECL std::string group_name(gid_t id);

ASIO_FS_DECL std::optional<uid_t> user_id(const std::string& name);
ASIO_FS_DECL std::optional<gid_t> group_id(const std::string& name);

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/id_names.ipp>
#endif

#endif
