// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DIR_PATH_HPP
#define ASIO_FS_DIR_PATH_HPP

#include <asio_fs/basic_descriptor_object.hpp>
#include <asio_fs/path_string.hpp>
#include <asio_fs/unique_fd.hpp>

#include <fcntl.h>

#include <cerrno>
#include <concepts>
#include <memory>
#include <utility>

namespace asio_fs {

/// A path together with the directory that it starts from: what the *at system calls take as two arguments.
/**
 * Made from a path alone, which starts from the current directory, or from an open directory and a path:
 * `copy_tree("/srv/data", {backup, "data"})`. It has a descriptor of its own for the directory, which may be closed
 * or moved meanwhile. An absolute path disregards the directory.
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
        : dir_(std::make_shared<unique_fd>()), path_(std::move(path))
    {
        dir_->reset(::fcntl(dir.native_handle(), F_DUPFD_CLOEXEC, 0));
        if (!*dir_)
            error_ = errno;
    }

    /// The directory's descriptor, or AT_FDCWD.
    int native_dir() const noexcept { return dir_ ? dir_->get() : AT_FDCWD; }

    /// The path.
    const path_string& path() const noexcept { return path_; }

    /// 0, or why nothing can be found here: EBADF when the directory was closed, EMFILE when there was no descriptor
    /// left, EINVAL when the path holds a NUL byte.
    int error() const noexcept { return error_ != 0 ? error_ : path_.valid() ? 0 : EINVAL; }

private:
    std::shared_ptr<unique_fd> dir_;
    path_string path_;
    int error_ = 0;
};

} // namespace asio_fs

#endif
