// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_TOKEN_CALLS_HPP
#define ASIO_FS_TEST_TOKEN_CALLS_HPP

#include "token/fixture.hpp"

#include <asio_fs/copy_file.hpp>
#include <asio_fs/copy_tree.hpp>
#include <asio_fs/create_directories.hpp>
#include <asio_fs/remove_tree.hpp>
#include <asio_fs/replace_file.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <tuple>
#include <utility>

// Every public operation as two functions: `sync` for the forms without and with an error_code, `async` for
// every completion token and for none. Each token's test makes all of these calls: a new operation gets an
// entry here, and is then tested with every token, engine and executor.
namespace asio_fs::test {

template <class Sync, class Async>
struct call
{
    const char* op;     // the name in op::all_operations; empty for what is made of several, or of none
    const char* name;   // the function
    Sync sync;
    Async async;
};

template <class Sync, class Async>
call(const char*, const char*, Sync, Async) -> call<Sync, Async>;

// clang-format off

// Calls that need an open object.
inline constexpr std::tuple file_calls{
    call{"read_at", "read_some_at",
        [](auto& t, auto&... ec) { return t.file.read_some_at(0, t.room(), ec...); },
        [](auto& t, auto... token) { return t.file.async_read_some_at(0, t.room(), std::move(token)...); }},
    call{"write_at", "write_some_at",
        [](auto& t, auto&... ec) { return t.file.write_some_at(0, t.value, ec...); },
        [](auto& t, auto... token) { return t.file.async_write_some_at(0, t.value, std::move(token)...); }},
    call{"read_at", "read_some",
        [](auto& t, auto&... ec) { return t.file.read_some(asio::buffer(t.room(), 1), ec...); },
        [](auto& t, auto... token) {
            return t.file.async_read_some(asio::buffer(t.room(), 1), std::move(token)...);
        }},
    call{"write_at", "write_some",
        [](auto& t, auto&... ec) { return t.other.write_some(t.value, ec...); },
        [](auto& t, auto... token) { return t.other.async_write_some(t.value, std::move(token)...); }},
    call{"ftruncate", "ftruncate",
        [](auto& t, auto&... ec) { return t.file.ftruncate(8192, ec...); },
        [](auto& t, auto... token) { return t.file.async_ftruncate(8192, std::move(token)...); }},
    call{"fallocate", "fallocate",
        [](auto& t, auto&... ec) { return t.file.fallocate(fallocate_mode::allocate, 0, 8192, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_fallocate(fallocate_mode::allocate, 0, 8192, std::move(token)...);
        }},
    call{"fadvise", "fadvise",
        [](auto& t, auto&... ec) { return t.file.fadvise(0, 0, advice::random, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_fadvise(0, 0, advice::random, std::move(token)...);
        }},
    call{"seek_data", "seek_data",
        [](auto& t, auto&... ec) { return t.file.seek_data(0, ec...); },
        [](auto& t, auto... token) { return t.file.async_seek_data(0, std::move(token)...); }},
    call{"seek_hole", "seek_hole",
        [](auto& t, auto&... ec) { return t.file.seek_hole(0, ec...); },
        [](auto& t, auto... token) { return t.file.async_seek_hole(0, std::move(token)...); }},
    call{"fdatasync", "fdatasync",
        [](auto& t, auto&... ec) { return t.file.fdatasync(ec...); },
        [](auto& t, auto... token) { return t.file.async_fdatasync(std::move(token)...); }},
    call{"sync_file_range", "sync_file_range",
        [](auto& t, auto&... ec) { return t.file.sync_file_range(0, 0, sync_range_flags::write, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_sync_file_range(0, 0, sync_range_flags::write, std::move(token)...);
        }},
    call{"copy_file_range", "copy_file_range",
        [](auto& t, auto&... ec) { return t.file.copy_file_range(t.other, 0, 0, 64, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_copy_file_range(t.other, 0, 0, 64, std::move(token)...);
        }},
    call{"clone", "clone",
        [](auto& t, auto&... ec) { return t.file.clone(t.other, ec...); },
        [](auto& t, auto... token) { return t.file.async_clone(t.other, std::move(token)...); }},
    call{"clone_range", "clone_range",
        [](auto& t, auto&... ec) { return t.file.clone_range(t.other, 0, 0, 0, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_clone_range(t.other, 0, 0, 0, std::move(token)...);
        }},
    call{"splice_to", "splice_to",
        [](auto& t, auto&... ec) { return t.file.splice_to(t.other, 0, 64, ec...); },
        [](auto& t, auto... token) { return t.file.async_splice_to(t.other, 0, 64, std::move(token)...); }},
    call{"splice_to", "splice_to from the stream position",
        [](auto& t, auto&... ec) { return t.file.splice_to(t.other, 1, ec...); },
        [](auto& t, auto... token) { return t.file.async_splice_to(t.other, 1, std::move(token)...); }},
    call{"", "copy_to",
        [](auto& t, auto&... ec) { return t.file.copy_to(t.path(), ec...); },
        [](auto& t, auto... token) { return t.file.async_copy_to(t.path(), std::move(token)...); }},
    call{"lock", "lock",
        [](auto& t, auto&... ec) { return t.file.lock(lock_type::exclusive, 0, 9, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_lock(lock_type::exclusive, 0, 9, std::move(token)...);
        }},
    call{"try_lock", "try_lock",
        [](auto& t, auto&... ec) { return t.file.try_lock(lock_type::shared, ec...); },
        [](auto& t, auto... token) { return t.file.async_try_lock(lock_type::shared, std::move(token)...); }},
    call{"unlock", "unlock",
        [](auto& t, auto&... ec) { return t.file.unlock(ec...); },
        [](auto& t, auto... token) { return t.file.async_unlock(std::move(token)...); }},
};

inline constexpr std::tuple inode_calls{
    call{"statx", "statx",
        [](auto& t, auto&... ec) { return t.file.statx(ec...); },
        [](auto& t, auto... token) { return t.file.async_statx(std::move(token)...); }},
    call{"statx", "statx(mask)",
        [](auto& t, auto&... ec) { return t.dir.statx(statx_mask::size, ec...); },
        [](auto& t, auto... token) { return t.dir.async_statx(statx_mask::size, std::move(token)...); }},
    call{"fchmod", "fchmod",
        [](auto& t, auto&... ec) { return t.file.fchmod(0600, ec...); },
        [](auto& t, auto... token) { return t.file.async_fchmod(0600, std::move(token)...); }},
    call{"fchown", "fchown",
        [](auto& t, auto&... ec) { return t.file.fchown(t.uid, t.gid, ec...); },
        [](auto& t, auto... token) { return t.file.async_fchown(t.uid, t.gid, std::move(token)...); }},
    call{"futimens", "futimens",
        [](auto& t, auto&... ec) { return t.file.futimens(t.times, ec...); },
        [](auto& t, auto... token) { return t.file.async_futimens(t.times, std::move(token)...); }},
    call{"fsync", "fsync",
        [](auto& t, auto&... ec) { return t.file.fsync(ec...); },
        [](auto& t, auto... token) { return t.file.async_fsync(std::move(token)...); }},
    call{"syncfs", "syncfs",
        [](auto& t, auto&... ec) { return t.dir.syncfs(ec...); },
        [](auto& t, auto... token) { return t.dir.async_syncfs(std::move(token)...); }},
    call{"statfs", "statfs",
        [](auto& t, auto&... ec) { return t.dir.statfs(ec...); },
        [](auto& t, auto... token) { return t.dir.async_statfs(std::move(token)...); }},
    call{"fsetxattr", "fsetxattr",
        [](auto& t, auto&... ec) { return t.file.setxattr("user.a", t.value, ec...); },
        [](auto& t, auto... token) {
            return t.file.async_setxattr("user.a", t.value, std::move(token)...);
        }},
    call{"fsetxattr", "fsetxattr(how)",
        [](auto& t, auto&... ec) {
            return t.attributed_file().setxattr("user.a", t.value, xattr_flags::replace, ec...);
        },
        [](auto& t, auto... token) {
            return t.attributed_file().async_setxattr("user.a", t.value, xattr_flags::replace,
                std::move(token)...);
        }},
    call{"fgetxattr", "fgetxattr",
        [](auto& t, auto&... ec) { return t.attributed_file().getxattr("user.a", t.room(), ec...); },
        [](auto& t, auto... token) {
            return t.attributed_file().async_getxattr("user.a", t.room(), std::move(token)...);
        }},
    call{"flistxattr", "flistxattr",
        [](auto& t, auto&... ec) { return t.file.listxattr(t.room(), ec...); },
        [](auto& t, auto... token) { return t.file.async_listxattr(t.room(), std::move(token)...); }},
    call{"fremovexattr", "fremovexattr",
        [](auto& t, auto&... ec) { return t.attributed_file().removexattr("user.a", ec...); },
        [](auto& t, auto... token) {
            return t.attributed_file().async_removexattr("user.a", std::move(token)...);
        }},
    call{"acl_set_fd", "acl_set_fd",
        [](auto& t, auto&... ec) { return t.file.acl_set_fd(acl::from_mode(0640), ec...); },
        [](auto& t, auto... token) {
            return t.file.async_acl_set_fd(acl::from_mode(0640), std::move(token)...);
        }},
    call{"acl_get_fd", "acl_get_fd",
        [](auto& t, auto&... ec) { return t.file.acl_get_fd(ec...); },
        [](auto& t, auto... token) { return t.file.async_acl_get_fd(std::move(token)...); }},
    call{"fsetfilecon", "fsetfilecon",
        [](auto& t, auto&... ec) { return t.file.fsetfilecon(t.label, ec...); },
        [](auto& t, auto... token) { return t.file.async_fsetfilecon(t.label, std::move(token)...); }},
    call{"fgetfilecon", "fgetfilecon",
        [](auto& t, auto&... ec) { return t.file.fgetfilecon(ec...); },
        [](auto& t, auto... token) { return t.file.async_fgetfilecon(std::move(token)...); }},
};

inline constexpr std::tuple dir_calls{
    call{"openat", "openat",
        [](auto& t, auto&... ec) { return t.dir.openat("f", file_base::read_only, ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_openat("f", file_base::read_only, std::move(token)...);
        }},
    call{"openat", "opendirat",
        [](auto& t, auto&... ec) { return t.dir.opendirat(".", ec...); },
        [](auto& t, auto... token) { return t.dir.async_opendirat(".", std::move(token)...); }},
    call{"openat2", "openat(resolve)",
        [](auto& t, auto&... ec) {
            return t.dir.openat("f", file_base::read_only, 0, resolve_flags::beneath, ec...);
        },
        [](auto& t, auto... token) {
            return t.dir.async_openat("f", file_base::read_only, 0, resolve_flags::beneath,
                std::move(token)...);
        }},
    call{"openat2", "opendirat(resolve)",
        [](auto& t, auto&... ec) {
            return t.dir.opendirat(".", file_base::read_only, resolve_flags::beneath, ec...);
        },
        [](auto& t, auto... token) {
            return t.dir.async_opendirat(".", file_base::read_only, resolve_flags::beneath,
                std::move(token)...);
        }},
    call{"readdir", "readdir",
        [](auto& t, auto&... ec) { return t.dir.readdir(t.batch(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_readdir(t.batch(), std::move(token)...); }},
    call{"rewinddir", "rewinddir",
        [](auto& t, auto&... ec) { return t.dir.rewinddir(ec...); },
        [](auto& t, auto... token) { return t.dir.async_rewinddir(std::move(token)...); }},
    call{"mkdirat", "mkdirat",
        [](auto& t, auto&... ec) { return t.dir.mkdirat(t.name(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_mkdirat(t.name(), std::move(token)...); }},
    call{"unlinkat", "unlinkat",
        [](auto& t, auto&... ec) { return t.dir.unlinkat(t.made(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_unlinkat(t.made(), std::move(token)...); }},
    call{"renameat", "renameat",
        [](auto& t, auto&... ec) { return t.dir.renameat(t.made(), t.dir, t.name(), ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_renameat(t.made(), t.dir, t.name(), std::move(token)...);
        }},
    call{"linkat", "linkat",
        [](auto& t, auto&... ec) { return t.dir.linkat("f", t.dir, t.name(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_linkat("f", t.dir, t.name(), std::move(token)...); }},
    call{"link_file", "linkat(file)",
        [](auto& t, auto&... ec) { return t.dir.linkat(t.file, t.name(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_linkat(t.file, t.name(), std::move(token)...); }},
    call{"openat", "tmpfile",
        [](auto& t, auto&... ec) { return t.dir.tmpfile(ec...); },
        [](auto& t, auto... token) { return t.dir.async_tmpfile(std::move(token)...); }},
    call{"symlinkat", "symlinkat",
        [](auto& t, auto&... ec) { return t.dir.symlinkat("f", t.name(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_symlinkat("f", t.name(), std::move(token)...); }},
    call{"readlinkat", "readlinkat",
        [](auto& t, auto&... ec) { return t.dir.readlinkat("link", ec...); },
        [](auto& t, auto... token) { return t.dir.async_readlinkat("link", std::move(token)...); }},
    call{"mknodat", "mknodat",
        [](auto& t, auto&... ec) { return t.dir.mknodat(t.name(), S_IFIFO | 0600, 0, ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_mknodat(t.name(), S_IFIFO | 0600, 0, std::move(token)...);
        }},
    call{"mkfifoat", "mkfifoat",
        [](auto& t, auto&... ec) { return t.dir.mkfifoat(t.name(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_mkfifoat(t.name(), std::move(token)...); }},
};

inline constexpr std::tuple entry_calls{
    call{"statx", "statx(path)",
        [](auto& t, auto&... ec) { return t.dir.statx("f", ec...); },
        [](auto& t, auto... token) { return t.dir.async_statx("f", std::move(token)...); }},
    call{"fchmodat", "fchmodat",
        [](auto& t, auto&... ec) { return t.dir.fchmodat("f", 0600, ec...); },
        [](auto& t, auto... token) { return t.dir.async_fchmodat("f", 0600, std::move(token)...); }},
    call{"fchownat", "fchownat",
        [](auto& t, auto&... ec) { return t.dir.fchownat("f", t.uid, t.gid, ec...); },
        [](auto& t, auto... token) { return t.dir.async_fchownat("f", t.uid, t.gid, std::move(token)...); }},
    call{"utimensat", "utimensat",
        [](auto& t, auto&... ec) { return t.dir.utimensat("f", t.times, ec...); },
        [](auto& t, auto... token) { return t.dir.async_utimensat("f", t.times, std::move(token)...); }},
    call{"setxattr", "setxattr",
        [](auto& t, auto&... ec) { return t.dir.setxattr("f", "user.a", t.value, ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_setxattr("f", "user.a", t.value, std::move(token)...);
        }},
    call{"getxattr", "getxattr",
        [](auto& t, auto&... ec) { return t.dir.getxattr(t.attributed(), "user.a", t.room(), ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_getxattr(t.attributed(), "user.a", t.room(), std::move(token)...);
        }},
    call{"listxattr", "listxattr",
        [](auto& t, auto&... ec) { return t.dir.listxattr("f", t.room(), ec...); },
        [](auto& t, auto... token) { return t.dir.async_listxattr("f", t.room(), std::move(token)...); }},
    call{"removexattr", "removexattr",
        [](auto& t, auto&... ec) { return t.dir.removexattr(t.attributed(), "user.a", ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_removexattr(t.attributed(), "user.a", std::move(token)...);
        }},
    call{"acl_set_file", "acl_set_file",
        [](auto& t, auto&... ec) {
            return t.dir.acl_set_file(".", acl_type::default_, acl::from_mode(0750), ec...);
        },
        [](auto& t, auto... token) {
            return t.dir.async_acl_set_file(
                ".", acl_type::default_, acl::from_mode(0750), std::move(token)...);
        }},
    call{"acl_get_file", "acl_get_file",
        [](auto& t, auto&... ec) { return t.dir.acl_get_file("f", acl_type::access, ec...); },
        [](auto& t, auto... token) {
            return t.dir.async_acl_get_file("f", acl_type::access, std::move(token)...);
        }},
    call{"acl_delete_def_file", "acl_delete_def_file",
        [](auto& t, auto&... ec) { return t.dir.acl_delete_def_file(".", ec...); },
        [](auto& t, auto... token) { return t.dir.async_acl_delete_def_file(".", std::move(token)...); }},
    call{"setfilecon", "setfilecon",
        [](auto& t, auto&... ec) { return t.dir.setfilecon("f", t.label, ec...); },
        [](auto& t, auto... token) { return t.dir.async_setfilecon("f", t.label, std::move(token)...); }},
    call{"getfilecon", "getfilecon",
        [](auto& t, auto&... ec) { return t.dir.getfilecon("f", ec...); },
        [](auto& t, auto... token) { return t.dir.async_getfilecon("f", std::move(token)...); }},
};

// Calls that open or close their object, have one of their own, or need none.
inline constexpr std::tuple other_calls{
    call{"openat", "file open",
        [](auto& t, auto&... ec) { return t.closed_file().open(t.path_of_f(), file_base::read_only, ec...); },
        [](auto& t, auto... token) {
            return t.closed_file().async_open(t.path_of_f(), file_base::read_only, std::move(token)...);
        }},
    call{"openat", "dir open",
        [](auto& t, auto&... ec) { return t.closed_dir().open("/", ec...); },
        [](auto& t, auto... token) { return t.closed_dir().async_open("/", std::move(token)...); }},
    call{"openat2", "file open(resolve)",
        [](auto& t, auto&... ec) {
            return t.closed_file().open(
                t.path_of_f(), file_base::read_only, 0, resolve_flags::no_magiclinks, ec...);
        },
        [](auto& t, auto... token) {
            return t.closed_file().async_open(
                t.path_of_f(), file_base::read_only, 0, resolve_flags::no_magiclinks, std::move(token)...);
        }},
    call{"openat2", "dir open(resolve)",
        [](auto& t, auto&... ec) {
            return t.closed_dir().open("/", file_base::read_only, resolve_flags::no_magiclinks, ec...);
        },
        [](auto& t, auto... token) {
            return t.closed_dir().async_open("/", file_base::read_only, resolve_flags::no_magiclinks,
                std::move(token)...);
        }},
    call{"close", "close",
        [](auto& t, auto&... ec) { return t.file_to_close().close(ec...); },
        [](auto& t, auto... token) { return t.file_to_close().async_close(std::move(token)...); }},
    call{"", "copy_file",
        [](auto& t, auto&... ec) { return copy_file(t.path_of_f(), t.path(), copy_options(), ec...); },
        [](auto& t, auto... token) {
            return async_copy_file(t.executor, t.path_of_f(), t.path(), copy_options(), std::move(token)...);
        }},
    call{"", "copy_tree",
        [](auto& t, auto&... ec) { return copy_tree(t.path_of_f(), t.path(), copy_options(), ec...); },
        [](auto& t, auto... token) {
            return async_copy_tree(t.executor, t.path_of_f(), t.path(), copy_options(), std::move(token)...);
        }},
    call{"", "remove_tree",
        [](auto& t, auto&... ec) { return remove_tree(t.path_of_made(), remove_options(), ec...); },
        [](auto& t, auto... token) {
            return async_remove_tree(t.executor, t.path_of_made(), remove_options(), std::move(token)...);
        }},
    call{"", "walker next",
        [](auto& t, auto&... ec) { return t.walker().next(t.entries(), ec...); },
        [](auto& t, auto... token) { return t.walker().async_next(t.entries(), std::move(token)...); }},
    call{"", "create_directories",
        [](auto& t, auto&... ec) {
            return create_directories(t.path() + "/a/b", create_directories_options(), ec...);
        },
        [](auto& t, auto... token) {
            return async_create_directories(
                t.executor, t.path() + "/a/b", create_directories_options(), std::move(token)...);
        }},
    call{"", "replace_file",
        [](auto& t, auto&... ec) {
            return replace_file(t.path_of_made(), t.value, replace_file_options(), ec...);
        },
        [](auto& t, auto... token) {
            return async_replace_file(
                t.executor, t.path_of_made(), t.value, replace_file_options(), std::move(token)...);
        }},
    // Needs no engine. Nothing waits for permits but the token: try_acquire() stands for the forms without.
    call{"", "acquire",
        [](auto& t, auto&... ec) {
            BOOST_TEST(t.semaphore().try_acquire());
            ((ec = error_code()), ...);
        },
        [](auto& t, auto... token) { return t.semaphore().async_acquire(std::move(token)...); }},
    call{"", "acquire(n)",
        [](auto& t, auto&... ec) {
            BOOST_TEST(t.semaphore().try_acquire(2));
            ((ec = error_code()), ...);
        },
        [](auto& t, auto... token) { return t.semaphore().async_acquire(2, std::move(token)...); }},
};

// clang-format on

// Calls f with each call of some lists in turn.
template <class F, class... Lists>
void for_each_call_of(F f, const Lists&... lists)
{
    const auto one = [&](const auto& c) {
        BOOST_TEST_CONTEXT(c.name)
        f(c);
    };
    (std::apply([&](const auto&... c) { (one(c), ...); }, lists), ...);
}

template <class F>
void for_each_call(F f)
{
    for_each_call_of(f, file_calls, inode_calls, dir_calls, entry_calls, other_calls);
}

} // namespace asio_fs::test

#endif
