// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_SRC_HPP
#define ASIO_FS_SRC_HPP

// The definitions of everything that is no template. lib/ compiles them once; a program that defines
// ASIO_FS_SEPARATE_COMPILATION without linking the library includes this in one source file of its own.

#include <asio_fs/config.hpp>

#if defined(ASIO_FS_HEADER_ONLY)
#error "asio_fs/src.hpp is for separate compilation: define ASIO_FS_SEPARATE_COMPILATION for the whole program"
#endif

#include <asio_fs/impl/acl.ipp>
#include <asio_fs/impl/acl_text.ipp>
#include <asio_fs/impl/capabilities.ipp>
#include <asio_fs/impl/context_pool.ipp>
#include <asio_fs/impl/create_directories_job.ipp>
#include <asio_fs/impl/dir_batch.ipp>
#include <asio_fs/impl/engine.ipp>
#include <asio_fs/impl/engine_lifetime.ipp>
#include <asio_fs/impl/id_names.ipp>
#include <asio_fs/impl/mount_table.ipp>
#include <asio_fs/impl/replace_file_job.ipp>
#include <asio_fs/impl/ring.ipp>
#include <asio_fs/impl/semaphore_service.ipp>
#include <asio_fs/impl/semaphore_state.ipp>
#include <asio_fs/impl/splice_piece.ipp>
#include <asio_fs/impl/tree/attribute_copier.ipp>
#include <asio_fs/impl/tree/byte_comparer.ipp>
#include <asio_fs/impl/tree/content_copier.ipp>
#include <asio_fs/impl/tree/direct_copier.ipp>
#include <asio_fs/impl/tree/region_copier.ipp>
#include <asio_fs/impl/tree/copy_file_job.ipp>
#include <asio_fs/impl/tree/copy_ladder.ipp>
#include <asio_fs/impl/tree/copy_lane.ipp>
#include <asio_fs/impl/tree/copy_lane_destination.ipp>
#include <asio_fs/impl/tree/copy_lane_finish.ipp>
#include <asio_fs/impl/tree/copy_lane_links.ipp>
#include <asio_fs/impl/tree/copy_monitor.ipp>
#include <asio_fs/impl/tree/copy_roots.ipp>
#include <asio_fs/impl/tree/copy_tree_job.ipp>
#include <asio_fs/impl/tree/credentials.ipp>
#include <asio_fs/impl/tree/dir_cache.ipp>
#include <asio_fs/impl/tree/dir_reader.ipp>
#include <asio_fs/impl/tree/entry_copier.ipp>
#include <asio_fs/impl/tree/entry_copier_existing.ipp>
#include <asio_fs/impl/tree/entry_copier_making.ipp>
#include <asio_fs/impl/tree/extraneous_remover.ipp>
#include <asio_fs/impl/tree/inode_handle.ipp>
#include <asio_fs/impl/tree/job_monitor.ipp>
#include <asio_fs/impl/tree/judgement.ipp>
#include <asio_fs/impl/tree/link_groups.ipp>
#include <asio_fs/impl/tree/remove_lane.ipp>
#include <asio_fs/impl/tree/remove_tree_job.ipp>
#include <asio_fs/impl/tree/successor.ipp>
#include <asio_fs/impl/tree/syscalls.ipp>
#include <asio_fs/impl/tree/tree_walk.ipp>
#include <asio_fs/impl/tree/walk_lane.ipp>
#include <asio_fs/impl/tree/walk_plan.ipp>
#include <asio_fs/impl/waits_inline.ipp>
#include <asio_fs/impl/worker_pool.ipp>
#include <asio_fs/impl/xattr_path.ipp>

#endif
