// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_DIR_OPERATIONS_HPP
#define ASIO_FS_BASIC_DIR_OPERATIONS_HPP

#include <asio_fs/basic_entry_operations.hpp>
#include <asio_fs/op/linkat.hpp>
#include <asio_fs/op/mkdirat.hpp>
#include <asio_fs/op/mkfifoat.hpp>
#include <asio_fs/op/mknodat.hpp>
#include <asio_fs/op/readdir.hpp>
#include <asio_fs/op/readlinkat.hpp>
#include <asio_fs/op/renameat.hpp>
#include <asio_fs/op/rewinddir.hpp>
#include <asio_fs/op/symlinkat.hpp>
#include <asio_fs/op/unlinkat.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace asio_fs {

/// Names in a directory; the part of basic_extended_dir that lists, creates, moves and removes entries.
/**
 * Paths are relative to the directory, except that an absolute path leaves it. What all operations have in
 * common is said at basic_inode_object.
 */
template <class Executor = asio::any_io_executor>
class basic_dir_operations : public basic_entry_operations<Executor>
{
    using base = basic_entry_operations<Executor>;

public:
    using typename base::executor_type;

    /// Takes the next entries of the directory: getdents64(2).
    /**
     * Entries come in no particular order; "." and ".." do not come. One that is created or removed meanwhile
     * may come or not.
     * @param batch is filled again; as large as it is, so many entries come at once
     * @returns the number of entries, 0 at the end of the directory
     * @throws system_error ENOENT when the directory has been removed, EIO
     */
    std::size_t readdir(dir_batch& batch) { return this->run(op::readdir{this->native_handle(), &batch}); }

    /// Takes the next entries of the directory: getdents64(2).
    std::size_t readdir(dir_batch& batch, error_code& ec)
    {
        return this->run(op::readdir{this->native_handle(), &batch}, ec);
    }

    /// Asynchronous form of readdir().
    /**
     * `void(error_code, std::size_t)`, on a worker thread. The batch is borrowed until the handler is called.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_readdir(dir_batch& batch, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::readdir{this->native_handle(), &batch}, std::forward<Token>(token));
    }

    /// Starts to read the directory from its beginning again: rewinddir(3).
    void rewinddir() { this->run(op::rewinddir{this->native_handle()}); }

    /// Starts to read the directory from its beginning again: rewinddir(3).
    void rewinddir(error_code& ec) { this->run(op::rewinddir{this->native_handle()}, ec); }

    /// Asynchronous form of rewinddir().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_rewinddir(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(), op::rewinddir{this->native_handle()}, std::forward<Token>(token));
    }

    /// Creates a directory: mkdirat(2).
    /**
     * @param path its name
     * @param mode permission bits, less the umask
     * @throws system_error EEXIST, ENOENT, ENOSPC, EMLINK, ...
     */
    void mkdirat(path_string path, mode_t mode = 0777)
    {
        this->run(op::mkdirat{this->native_handle(), std::move(path), mode});
    }

    /// Creates a directory: mkdirat(2).
    void mkdirat(path_string path, mode_t mode, error_code& ec)
    {
        this->run(op::mkdirat{this->native_handle(), std::move(path), mode}, ec);
    }

    /// Asynchronous form of mkdirat().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_mkdirat(path_string path, mode_t mode,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::mkdirat{this->native_handle(), std::move(path), mode},
            std::forward<Token>(token));
    }

    /// Creates a directory: mkdirat(2).
    void mkdirat(path_string path, error_code& ec) { mkdirat(std::move(path), 0777, ec); }

    /// Asynchronous form of mkdirat(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_mkdirat(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_mkdirat(std::move(path), 0777, std::forward<Token>(token));
    }

    /// Removes a name, or with at_flags::remove_dir an empty directory: unlinkat(2).
    /**
     * @param path the name; of a symbolic link, the link itself
     * @param flags at_flags::remove_dir
     * @throws system_error EISDIR, ENOTDIR, ENOTEMPTY, EBUSY, ...
     */
    void unlinkat(path_string path, at_flags flags = at_flags::none)
    {
        this->run(op::unlinkat{this->native_handle(), std::move(path), flags});
    }

    /// Removes a name, or with at_flags::remove_dir an empty directory: unlinkat(2).
    void unlinkat(path_string path, at_flags flags, error_code& ec)
    {
        this->run(op::unlinkat{this->native_handle(), std::move(path), flags}, ec);
    }

    /// Asynchronous form of unlinkat().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_unlinkat(path_string path, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::unlinkat{this->native_handle(), std::move(path), flags},
            std::forward<Token>(token));
    }

    /// Removes a name, or with at_flags::remove_dir an empty directory: unlinkat(2).
    void unlinkat(path_string path, error_code& ec) { unlinkat(std::move(path), at_flags::none, ec); }

    /// Asynchronous form of unlinkat(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_unlinkat(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_unlinkat(std::move(path), at_flags::none, std::forward<Token>(token));
    }

    /// Renames or moves an entry, or exchanges two: renameat2(2).
    /**
     * In one step: at no time is there neither the old nor the new.
     * @param path the entry, relative to this directory
     * @param new_dir may be this directory; both stay open until the operation is over
     * @param new_path the new name, relative to new_dir; what has it is replaced unless `flags` say otherwise
     * @param flags no_replace, exchange
     * @throws system_error EXDEV between mounts, EEXIST, ENOTEMPTY, EINVAL if the file system does not know
     * the flag, ...
     */
    template <class Executor1>
    void renameat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        rename_flags flags = rename_flags::none)
    {
        this->run(
            op::renameat{this->native_handle(), std::move(path), new_dir.native_handle(),
                std::move(new_path), flags});
    }

    /// Renames or moves an entry, or exchanges two: renameat2(2).
    template <class Executor1>
    void renameat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        rename_flags flags, error_code& ec)
    {
        this->run(
            op::renameat{this->native_handle(), std::move(path), new_dir.native_handle(),
                std::move(new_path), flags},
            ec);
    }

    /// Asynchronous form of renameat().
    /**
     * `void(error_code)`, on the ring.
     */
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_renameat(path_string path, const basic_dir_operations<Executor1>& new_dir,
        path_string new_path, rename_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(new_dir),
            op::renameat{this->native_handle(), std::move(path), new_dir.native_handle(),
                std::move(new_path), flags},
            std::forward<Token>(token));
    }

    /// Renames or moves an entry, or exchanges two: renameat2(2).
    template <class Executor1>
    void renameat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        error_code& ec)
    {
        renameat(std::move(path), new_dir, std::move(new_path), rename_flags::none, ec);
    }

    /// Asynchronous form of renameat(): `void(error_code)`.
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_renameat(path_string path, const basic_dir_operations<Executor1>& new_dir,
        path_string new_path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_renameat(std::move(path), new_dir, std::move(new_path), rename_flags::none,
            std::forward<Token>(token));
    }

    /// Gives a file another name: linkat(2).
    /**
     * @param path the file, relative to this directory
     * @param new_dir may be this directory; both stay open until the operation is over
     * @param new_path the new name, relative to new_dir
     * @param flags at_flags::symlink_follow for what a symbolic link names rather than itself
     * @throws system_error EEXIST, EMLINK, EXDEV, EPERM, ...
     */
    template <class Executor1>
    void linkat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        at_flags flags = at_flags::none)
    {
        this->run(
            op::linkat{this->native_handle(), std::move(path), new_dir.native_handle(), std::move(new_path),
                flags});
    }

    /// Gives a file another name: linkat(2).
    template <class Executor1>
    void linkat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        at_flags flags, error_code& ec)
    {
        this->run(
            op::linkat{this->native_handle(), std::move(path), new_dir.native_handle(), std::move(new_path),
                flags},
            ec);
    }

    /// Asynchronous form of linkat().
    /**
     * `void(error_code)`, on the ring.
     */
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_linkat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        at_flags flags, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(new_dir),
            op::linkat{this->native_handle(), std::move(path), new_dir.native_handle(), std::move(new_path),
                flags},
            std::forward<Token>(token));
    }

    /// Gives a file another name: linkat(2).
    template <class Executor1>
    void linkat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        error_code& ec)
    {
        linkat(std::move(path), new_dir, std::move(new_path), at_flags::none, ec);
    }

    /// Asynchronous form of linkat(): `void(error_code)`.
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_linkat(path_string path, const basic_dir_operations<Executor1>& new_dir, path_string new_path,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_linkat(std::move(path), new_dir, std::move(new_path), at_flags::none,
            std::forward<Token>(token));
    }

    /// Creates a symbolic link: symlinkat(2).
    /**
     * @param target where it leads; any bytes but NUL, not checked
     * @param path its name
     * @throws system_error EEXIST, ENAMETOOLONG, ...
     */
    void symlinkat(path_string target, path_string path)
    {
        this->run(op::symlinkat{std::move(target), this->native_handle(), std::move(path)});
    }

    /// Creates a symbolic link: symlinkat(2).
    void symlinkat(path_string target, path_string path, error_code& ec)
    {
        this->run(op::symlinkat{std::move(target), this->native_handle(), std::move(path)}, ec);
    }

    /// Asynchronous form of symlinkat().
    /**
     * `void(error_code)`, on the ring.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_symlinkat(path_string target, path_string path,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::symlinkat{std::move(target), this->native_handle(), std::move(path)},
            std::forward<Token>(token));
    }

    /// Reads where a symbolic link leads: readlinkat(2).
    /**
     * @param path the link
     * @returns the target, of any length
     * @throws system_error EINVAL if it is not a symbolic link
     */
    std::string readlinkat(path_string path)
    {
        return this->run(op::readlinkat{this->native_handle(), std::move(path)});
    }

    /// Reads where a symbolic link leads: readlinkat(2).
    std::string readlinkat(path_string path, error_code& ec)
    {
        return this->run(op::readlinkat{this->native_handle(), std::move(path)}, ec);
    }

    /// Asynchronous form of readlinkat().
    /**
     * `void(error_code, std::string)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::string)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_readlinkat(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::readlinkat{this->native_handle(), std::move(path)},
            std::forward<Token>(token));
    }

    /// Creates a device, fifo, socket or empty file: mknodat(2).
    /**
     * @param path its name
     * @param mode type (S_IFBLK, S_IFCHR, S_IFIFO, S_IFSOCK, S_IFREG) and permission bits, less the umask
     * @param device the number of a device, see makedev(3); otherwise 0
     * @throws system_error EPERM to the unprivileged for devices, EEXIST, ...
     */
    void mknodat(path_string path, mode_t mode, dev_t device)
    {
        this->run(op::mknodat{this->native_handle(), std::move(path), mode, device});
    }

    /// Creates a device, fifo, socket or empty file: mknodat(2).
    void mknodat(path_string path, mode_t mode, dev_t device, error_code& ec)
    {
        this->run(op::mknodat{this->native_handle(), std::move(path), mode, device}, ec);
    }

    /// Asynchronous form of mknodat().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_mknodat(path_string path, mode_t mode, dev_t device,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::mknodat{this->native_handle(), std::move(path), mode, device},
            std::forward<Token>(token));
    }

    /// Creates a fifo: mkfifoat(3).
    /**
     * @param path its name
     * @param mode permission bits, less the umask
     * @throws system_error EEXIST, ...
     */
    void mkfifoat(path_string path, mode_t mode = 0666)
    {
        this->run(op::mkfifoat{this->native_handle(), std::move(path), mode});
    }

    /// Creates a fifo: mkfifoat(3).
    void mkfifoat(path_string path, mode_t mode, error_code& ec)
    {
        this->run(op::mkfifoat{this->native_handle(), std::move(path), mode}, ec);
    }

    /// Asynchronous form of mkfifoat().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_mkfifoat(path_string path, mode_t mode,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::mkfifoat{this->native_handle(), std::move(path), mode},
            std::forward<Token>(token));
    }

    /// Creates a fifo: mkfifoat(3).
    void mkfifoat(path_string path, error_code& ec) { mkfifoat(std::move(path), 0666, ec); }

    /// Asynchronous form of mkfifoat(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_mkfifoat(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_mkfifoat(std::move(path), 0666, std::forward<Token>(token));
    }

protected:
    using base::base;
    using base::operator=;

    basic_dir_operations(basic_dir_operations&&) noexcept = default;
    basic_dir_operations& operator=(basic_dir_operations&&) noexcept = default;
    ~basic_dir_operations() = default;
};

} // namespace asio_fs

#endif
