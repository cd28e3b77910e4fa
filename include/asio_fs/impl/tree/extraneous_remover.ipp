// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_EXTRANEOUS_REMOVER_IPP
#define ASIO_FS_IMPL_TREE_EXTRANEOUS_REMOVER_IPP

#include <asio_fs/detail/tree/extraneous_remover.hpp>
#include <asio_fs/detail/tree/remove_tree_job.hpp>
#include <asio_fs/detail/tree/successor.hpp>
#include <asio_fs/unique_fd.hpp>

#include <cstring>
#include <string_view>
#include <utility>

#include <strings.h>
#include <unistd.h>

namespace asio_fs::detail {

ASIO_FS_DECL void extraneous_remover::remove(const copy_dir& dir, int from, int to)
{
    const copy_options& options = context_.options;
    if (!options.remove_extraneous || !dir.scanned || !dir.existed)
        return;
    // A directory that has gone meanwhile has no entries, which says nothing about the copy.
    struct ::stat status;
    if (::fstat(from, &status) != 0)
        return context_.monitor.fail(dir.path_of(""), "fstat", last_error());
    if (status.st_nlink == 0)
        return;
    // With a position of its own, and readable: the pinned one may merely name the directory.
    const auto open_as = [&](int flags)
    { return context_.directories.open_with([&] { return ::openat(to, ".", flags); }); };
    unique_fd listing{open_as(directory_flags | O_NOATIME)};
    if (!listing && errno == EPERM)
        listing.reset(open_as(directory_flags));
    error_code error = listing ? reader_.start(listing.get()) : last_error();
    while (!error)
    {
        error = reader_.fill();
        if (error || reader_.at_end())
            break;
        dir_reader::entry entry;
        while (reader_.next(entry))
        {
            if (context_.monitor.stopping())
                return;
            const std::string_view name(entry.name);
            if (!context_.backup_suffix.empty() && name.ends_with(context_.backup_suffix))
                continue;
            if (belongs_to_copy(dir, from, entry.name))
                continue;
            remove_entry(dir, from, to, entry.name, entry.type);
        }
    }
    if (error)
        context_.monitor.fail(dir.path_of(""), "getdents64 (destination)", error);
}

// What the filter has left out does not; whether it may go, the filter is asked again.
ASIO_FS_DECL bool extraneous_remover::belongs_to_copy(const copy_dir& dir, int from, const char* name)
{
    struct ::stat status;
    const auto path = [&] { return dir.path_of(name); };
    if (::fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return context_.monitor.wants(path, entry_type_of(status.st_mode), false);
    if (errno == ENOENT)
        return false;
    context_.monitor.fail(path(), "fstatat", last_error());
    return true;
}

// Whether the names in the open directory `to` are the same in upper and lower case, as far as one of them shows it;
// also if it cannot be found out.
inline bool ignores_case(int to, std::string name)
{
    struct ::stat status, other;
    if (::fstatat(to, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno != ENOENT;
    bool has_letters = false;
    for (char& c : name)
    {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        {
            c = static_cast<char>(c ^ ('a' ^ 'A'));
            has_letters = true;
        }
    }
    // Several names of a file may differ in case and in nothing else; directories have one.
    if (!has_letters || (status.st_nlink != 1 && !S_ISDIR(status.st_mode)))
        return false;
    if (::fstatat(to, name.c_str(), &other, AT_SYMLINK_NOFOLLOW) != 0)
        return errno != ENOENT;
    return id_of(status) == id_of(other);
}

// What was copied as `name` may have kept the spelling `NAME`, which the source does not know.
ASIO_FS_DECL bool extraneous_remover::has_other_spelling(int from, int to, const char* name)
{
    if (!ignores_case(to, name))
        return false;
    const unique_fd listing{::openat(from, ".", directory_flags)};
    dir_reader names;
    error_code error = listing ? names.start(listing.get()) : last_error();
    while (!error)
    {
        error = names.fill();
        if (error || names.at_end())
            break;
        dir_reader::entry entry;
        while (names.next(entry))
        {
            if (::strcasecmp(entry.name, name) == 0 && std::strcmp(entry.name, name) != 0)
                return true;
        }
    }
    return static_cast<bool>(error); // what cannot be found out protects it
}

ASIO_FS_DECL void extraneous_remover::remove_entry(const copy_dir& dir, int from, int to, const char* name,
                                                   entry_type type)
{
    const copy_options& options = context_.options;
    const auto path = [&] { return dir.path_of(name); };
    struct ::stat status;
    if (type == entry_type::unknown || (type == entry_type::directory && options.one_file_system))
    {
        if (::fstatat(to, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        {
            if (errno != ENOENT)
                context_.monitor.fail(path(), "fstatat (destination)", last_error());
            return;
        }
        type = entry_type_of(status.st_mode);
        if (options.one_file_system && status.st_dev != dir.to_device)
            return;
    }
    if (!context_.monitor.wants(path, type, true) || context_.monitor.stopping())
        return;
    if (has_other_spelling(from, to, name))
        return context_.monitor.fail(path(), "unlinkat (names clash)", errno_code(EEXIST));
    if (type == entry_type::directory && context_.backup_suffix.empty())
        return remove_subtree(dir, to, name);
    if (!options.dry_run)
    {
        const int result = context_.backup_suffix.empty() ? ::unlinkat(to, name, 0)
                                                          : back_up(to, name, context_.backup_suffix);
        if (result != 0)
        {
            if (errno != ENOENT)
                context_.monitor.fail(
                    path(), context_.backup_suffix.empty() ? "unlinkat" : "renameat (backup)", last_error());
            return;
        }
    }
    removed(path(), type);
}

ASIO_FS_DECL void extraneous_remover::clear(const copy_dir& dir, int to, const char* name)
{
    if (context_.monitor.wants([&] { return dir.path_of(name); }, entry_type::directory, true))
        remove_subtree(dir, to, name);
}

ASIO_FS_DECL void extraneous_remover::remove_subtree(const copy_dir& dir, int to, const char* name)
{
    const std::string top = dir.path_of(name);
    const auto path = [&](std::string_view inner)
    { return inner.empty() ? top : std::string(top).append("/").append(inner); };
    const auto look_around = [&]
    {
        if (context_.monitor.stopping())
            stop_.request_stop();
    };
    remove_options options;
    options.workers = 1; // this one
    options.dry_run = context_.options.dry_run;
    options.one_file_system = context_.options.one_file_system;
    options.max_errors = 0;
    options.on_error = [&](const tree_error& error)
    {
        context_.monitor.fail(path(error.path), error.step, error.code);
        look_around();
    };
    options.on_entry = [&](std::string_view inner, entry_type type)
    {
        removed(path(inner), type);
        look_around();
    };
    if (context_.options.filter)
        options.filter = [&](std::string_view inner, entry_type type)
        {
            const bool wanted = context_.monitor.wants([&] { return path(inner); }, type, true);
            look_around();
            return wanted && !stop_.stop_requested();
        };
    remove_report report;
    remove_tree_job({to, name}, std::move(options), stop_).run(report);
}

ASIO_FS_DECL void extraneous_remover::removed(const std::string& path, entry_type type)
{
    counters_.removed.add(1);
    context_.monitor.entry([&] { return path; }, type, copy_entry::action::removed, 0);
    context_.monitor.tick([&] { return path; });
}

} // namespace asio_fs::detail

#endif
