// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_HPP
#define ASIO_FS_HPP

// Everything the library offers. Each header can be included on its own as well.

#include <asio_fs/acl.hpp>
#include <asio_fs/as_result.hpp>
#include <asio_fs/async_semaphore.hpp>
#include <asio_fs/buffer_pool.hpp>
#include <asio_fs/capabilities.hpp>
#include <asio_fs/configure_engine.hpp>
#include <asio_fs/context_pool.hpp>
#include <asio_fs/copy_file.hpp>
#include <asio_fs/copy_tree.hpp>
#include <asio_fs/create_directories.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>
#include <asio_fs/remove_tree.hpp>
#include <asio_fs/replace_file.hpp>
#include <asio_fs/semaphore_permit.hpp>
#include <asio_fs/tree_walker.hpp>
#include <asio_fs/version.hpp>
#include <asio_fs/xattr_names.hpp>

#endif
