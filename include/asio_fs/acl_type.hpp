// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_ACL_TYPE_HPP
#define ASIO_FS_ACL_TYPE_HPP

#include <asio_fs/config.hpp>

namespace asio_fs {

/// Which of the two access control lists that an inode can have. See acl(5).
enum class acl_type
{
    access,  ///< who may access the file or directory
    default_ ///< of a directory: what is created in it inherits this
};

} // namespace asio_fs

#endif
