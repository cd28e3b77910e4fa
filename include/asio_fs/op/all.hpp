// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_ALL_HPP
#define ASIO_FS_OP_ALL_HPP

#include <asio_fs/op/acl_delete_def_file.hpp>
#include <asio_fs/op/acl_get_fd.hpp>
#include <asio_fs/op/acl_get_file.hpp>
#include <asio_fs/op/acl_set_fd.hpp>
#include <asio_fs/op/acl_set_file.hpp>
#include <asio_fs/op/clone.hpp>
#include <asio_fs/op/clone_range.hpp>
#include <asio_fs/op/close.hpp>
#include <asio_fs/op/copy_file_range.hpp>
#include <asio_fs/op/fadvise.hpp>
#include <asio_fs/op/fallocate.hpp>
#include <asio_fs/op/fchmod.hpp>
#include <asio_fs/op/fchmodat.hpp>
#include <asio_fs/op/fchown.hpp>
#include <asio_fs/op/fchownat.hpp>
#include <asio_fs/op/fdatasync.hpp>
#include <asio_fs/op/fgetfilecon.hpp>
#include <asio_fs/op/fgetxattr.hpp>
#include <asio_fs/op/flistxattr.hpp>
#include <asio_fs/op/fremovexattr.hpp>
#include <asio_fs/op/fsetfilecon.hpp>
#include <asio_fs/op/fsetxattr.hpp>
#include <asio_fs/op/fsync.hpp>
#include <asio_fs/op/ftruncate.hpp>
#include <asio_fs/op/futimens.hpp>
#include <asio_fs/op/getfilecon.hpp>
#include <asio_fs/op/getxattr.hpp>
#include <asio_fs/op/link_file.hpp>
#include <asio_fs/op/linkat.hpp>
#include <asio_fs/op/listxattr.hpp>
#include <asio_fs/op/lock.hpp>
#include <asio_fs/op/mkdirat.hpp>
#include <asio_fs/op/mkfifoat.hpp>
#include <asio_fs/op/mknodat.hpp>
#include <asio_fs/op/op_list.hpp>
#include <asio_fs/op/openat.hpp>
#include <asio_fs/op/openat2.hpp>
#include <asio_fs/op/poll.hpp>
#include <asio_fs/op/read_at.hpp>
#include <asio_fs/op/readdir.hpp>
#include <asio_fs/op/readlinkat.hpp>
#include <asio_fs/op/removexattr.hpp>
#include <asio_fs/op/renameat.hpp>
#include <asio_fs/op/rewinddir.hpp>
#include <asio_fs/op/seek_data.hpp>
#include <asio_fs/op/seek_hole.hpp>
#include <asio_fs/op/setfilecon.hpp>
#include <asio_fs/op/setxattr.hpp>
#include <asio_fs/op/splice_to.hpp>
#include <asio_fs/op/statfs.hpp>
#include <asio_fs/op/statx.hpp>
#include <asio_fs/op/symlinkat.hpp>
#include <asio_fs/op/sync_file_range.hpp>
#include <asio_fs/op/syncfs.hpp>
#include <asio_fs/op/try_lock.hpp>
#include <asio_fs/op/unlinkat.hpp>
#include <asio_fs/op/unlock.hpp>
#include <asio_fs/op/utimensat.hpp>
#include <asio_fs/op/write_at.hpp>

namespace asio_fs::op {

/// Every operation on the kernel that the library has.
using all_operations = op_list<
    openat, openat2, close, read_at, write_at, statx, fchmod, fchown, futimens, ftruncate, fallocate,
    fadvise, fsync, fdatasync, syncfs, sync_file_range, statfs, fgetxattr, fsetxattr, flistxattr,
    fremovexattr, copy_file_range, clone, clone_range, seek_data, seek_hole, splice_to, poll, lock, try_lock,
    unlock, readdir, rewinddir, mkdirat, unlinkat, renameat, linkat, link_file, symlinkat, readlinkat,
    mknodat, mkfifoat, fchmodat, fchownat, utimensat, getxattr, setxattr, listxattr, removexattr,
    acl_get_fd, acl_set_fd, acl_get_file, acl_set_file, acl_delete_def_file, fgetfilecon, fsetfilecon,
    getfilecon, setfilecon>;

} // namespace asio_fs::op

#endif
