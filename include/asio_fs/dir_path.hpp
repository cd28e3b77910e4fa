// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DIR_PATH_HPP
#define ASIO_FS_DIR_PATH_HPP

#include <asio_fs/basic_descriptor_object.hpp>
#include <asio_fs/path_string.hpp>

#include <concepts>
#include <utility>

#include <fcntl.h>

namespace asio_fs {

/// A path together with the directory that it starts from: what the *at system calls take as two arguments.
/**
 * Made from a path alone, which starts from the current directory, or from an open directory and a path:
 * `copy_tree("/srv/data", {backup, "data"})`. An operation that was given one keeps the directory open until it is
 * over. An absolute path disregards the directory.
 */
class dir_path
{
public:
    /// A path relative to the current directory.
    template <class T>
        requires std::constructible_from<path_string, const T&>
    dir_path(const T& path) : path_(path)
    {
    }

    /// A path relative to an open directory; empty for the directory itself.
    template <class Executor>
    dir_path(const basic_descriptor_object<Executor>& dir, path_string path = {})
        : dir_(dir.descriptor_), path_(std::move(path))
    {
    }

    /// The directory's descriptor, or AT_FDCWD.
    int native_dir() const noexcept { return dir_ ? dir_->fd : AT_FDCWD; }

    /// The path.
    const path_string& path() const noexcept { return path_; }

    /// False when no file can have this path: a NUL byte in it, or a directory that was closed.
    bool valid() const noexcept { return path_.valid() && native_dir() != -1; }

    // What operations keep open.
    const detail::descriptor_ptr& descriptor() const noexcept { return dir_; }

private:
    detail::descriptor_ptr dir_;
    path_string path_;
};

} // namespace asio_fs

#endif
