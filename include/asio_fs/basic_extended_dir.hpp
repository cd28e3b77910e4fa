// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_EXTENDED_DIR_HPP
#define ASIO_FS_BASIC_EXTENDED_DIR_HPP

#include <asio_fs/basic_dir_operations.hpp>
#include <asio_fs/basic_extended_file.hpp>
#include <asio_fs/detail/open_object.hpp>
#include <asio_fs/op/link_file.hpp>
#include <asio_fs/op/openat.hpp>
#include <asio_fs/op/openat2.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>

#include <concepts>
#include <utility>

namespace asio_fs {

/// An open directory: a place that paths are relative to, whatever happens to the path that led there.
/**
 * What all operations have in common is said at basic_inode_object.
 *
 * @par Where Paths Lead
 * Paths are relative to the directory, except that an absolute path leaves it, and they may lead through
 * symbolic links and "..". The forms of openat() and opendirat() that take resolve_flags forbid that: with
 * resolve_flags::beneath nothing outside of the directory is ever reached, whatever the path and whoever
 * changes the tree meanwhile.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
template <class Executor = asio::any_io_executor>
class basic_extended_dir : public basic_dir_operations<Executor>, public file_base
{
    using base = basic_dir_operations<Executor>;

public:
    using typename base::executor_type;
    using typename base::native_handle_type;

    /// What openat() gives.
    using file_type = basic_extended_file<Executor>;

    /// Rebinds the directory type to another executor.
    template <class Executor1>
    struct rebind_executor
    {
        /// The directory type when rebound to the specified executor.
        using other = basic_extended_dir<Executor1>;
    };

    // -------------------------------------------------------------------------------------------------------
    // Construction

    /// Makes a closed directory.
    /**
     * @param ex where handlers run that have no executor of their own; its context runs the operations
     */
    explicit basic_extended_dir(const executor_type& ex) : base(ex) {}

    /// Makes a closed directory.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    explicit basic_extended_dir(ExecutionContext& context) : base(executor_type(context.get_executor()))
    {
    }

    /// Opens a directory, as open() does.
    basic_extended_dir(const executor_type& ex, path_string path, open_flags how = read_only)
        : base(ex)
    {
        open(std::move(path), how);
    }

    /// Opens a directory, as open() does.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_dir(ExecutionContext& context, path_string path, open_flags how = read_only)
        : base(executor_type(context.get_executor()))
    {
        open(std::move(path), how);
    }

    /// Opens a directory with limits on where the path may lead, as open() does.
    basic_extended_dir(const executor_type& ex, path_string path, open_flags how, resolve_flags resolve)
        : base(ex)
    {
        open(std::move(path), how, resolve);
    }

    /// Opens a directory with limits on where the path may lead, as open() does.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_dir(ExecutionContext& context, path_string path, open_flags how, resolve_flags resolve)
        : base(executor_type(context.get_executor()))
    {
        open(std::move(path), how, resolve);
    }

    /// Takes over an open descriptor, which the object will close.
    basic_extended_dir(const executor_type& ex, const native_handle_type& fd) : base(ex, fd) {}

    /// Takes over an open descriptor, which the object will close.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_dir(ExecutionContext& context, const native_handle_type& fd)
        : base(executor_type(context.get_executor()), fd)
    {
    }

    /// Takes over what another directory holds, operations in flight included; that one is closed then.
    basic_extended_dir(basic_extended_dir&& other) noexcept = default;

    /// Takes over what a directory with another executor holds.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    basic_extended_dir(basic_extended_dir<Executor1>&& other) : base(std::move(other))
    {
    }

    /// Closes the directory and takes over what another one holds, operations in flight included.
    basic_extended_dir& operator=(basic_extended_dir&& other) noexcept = default;

    /// Closes the directory and takes over what a directory with another executor holds.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    basic_extended_dir& operator=(basic_extended_dir<Executor1>&& other)
    {
        base::operator=(std::move(other));
        return *this;
    }

    ~basic_extended_dir() = default;

    // -------------------------------------------------------------------------------------------------------
    // Opening

    /// Opens a directory: open(2).
    /**
     * By default, which is resolve_flags::none, the path leads wherever it leads: through symbolic links,
     * "..", other mounts. The forms with resolve_flags limit that.
     *
     * @param path any bytes but NUL, relative to the current directory
     * @param how read_only, or path_only for a directory that may be searched but not read;
     * file_base::directory and O_CLOEXEC are added
     * @throws system_error already_open when the object is open; ENOTDIR and the other errors of open(2)
     */
    void open(path_string path, open_flags how = read_only)
    {
        this->open_path(std::move(path), how | file_base::directory, 0);
    }

    /// Opens a directory: open(2).
    void open(path_string path, open_flags how, error_code& ec)
    {
        this->open_path(std::move(path), how | file_base::directory, 0, ec);
    }

    /// Opens a directory: open(2).
    void open(path_string path, error_code& ec) { open(std::move(path), read_only, ec); }

    /// Asynchronous form of open().
    /**
     * `void(error_code)`, on the ring. What is said at basic_extended_file::async_open() holds.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, open_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return this->async_open_path(
            std::move(path), how | file_base::directory, 0, std::forward<Token>(token));
    }

    /// Asynchronous form of open(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_open(std::move(path), open_flags(read_only), std::forward<Token>(token));
    }

    /// Opens a directory, with limits on where the path may lead: openat2(2).
    /**
     * @param path any bytes but NUL, relative to the current directory
     * @param how as for the other form; unlike it, this one refuses flags that it does not know
     * @param resolve how far the path may lead; for resolve_flags::beneath and resolve_flags::in_root, the
     * directory is the current one
     * @throws system_error already_open when the object is open; EXDEV or ELOOP when the path leads too far;
     * EAGAIN when somebody renames directories along a path with "..": try again; ENOSYS before Linux 5.6
     */
    void open(path_string path, open_flags how, resolve_flags resolve)
    {
        this->open_path(std::move(path), how | file_base::directory, 0, resolve);
    }

    /// Opens a directory, with limits on where the path may lead: openat2(2).
    void open(path_string path, open_flags how, resolve_flags resolve, error_code& ec)
    {
        this->open_path(std::move(path), how | file_base::directory, 0, resolve, ec);
    }

    /// Asynchronous form of open() with limits: `void(error_code)`, on the ring.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, open_flags how, resolve_flags resolve,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return this->async_open_path(
            std::move(path), how | file_base::directory, 0, resolve, std::forward<Token>(token));
    }

    /// Opens a file relative to the directory: openat(2).
    /**
     * By default, which is resolve_flags::none, the path leads wherever it leads, as said above.
     *
     * @param path relative to this directory
     * @param how file_base::flags or asio::file_base::flags; O_CLOEXEC is added
     * @param mode the permission bits of a file that is created, less the umask
     * @returns the open file, with the executor of this directory
     * @throws system_error the errors of openat(2)
     */
    file_type openat(path_string path, open_flags how, mode_t mode = 0666)
    {
        return opened_file()(this->run(op::openat{this->native_handle(), std::move(path), how, mode}));
    }

    /// Opens a file relative to the directory: openat(2).
    file_type openat(path_string path, open_flags how, mode_t mode, error_code& ec)
    {
        unique_fd fd = this->run(op::openat{this->native_handle(), std::move(path), how, mode}, ec);
        return ec ? opened_file().none() : opened_file()(std::move(fd));
    }

    /// Opens a file relative to the directory: openat(2).
    file_type openat(path_string path, open_flags how, error_code& ec)
    {
        return openat(std::move(path), how, 0666, ec);
    }

    /// Asynchronous form of openat().
    /**
     * `void(error_code, basic_extended_file<Executor>)`, on the ring. The file that comes with an error is
     * closed. If the operation is cancelled, or nobody takes the file any more, none stays open; one that was
     * to be created may exist.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_openat(path_string path, open_flags how, mode_t mode,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(),
            op::openat{this->native_handle(), std::move(path), how, mode}, opened_file(),
            std::forward<Token>(token));
    }

    /// Asynchronous form of openat(): `void(error_code, basic_extended_file<Executor>)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_openat(path_string path, open_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_openat(std::move(path), how, mode_t(0666), std::forward<Token>(token));
    }

    /// Opens a file relative to the directory, with limits on where the path may lead: openat2(2).
    /**
     * @param path relative to this directory
     * @param how as for the other form; unlike it, this one refuses flags that it does not know
     * @param mode the permission bits of a file that is created, less the umask
     * @param resolve how far the path may lead
     * @returns the open file, with the executor of this directory
     * @throws system_error EXDEV or ELOOP when the path leads too far; EAGAIN when somebody renames
     * directories along a path with "..": try again; ENOSYS before Linux 5.6
     */
    file_type openat(path_string path, open_flags how, mode_t mode, resolve_flags resolve)
    {
        return opened_file()(
            this->run(op::openat2(this->native_handle(), std::move(path), how, mode, resolve)));
    }

    /// Opens a file relative to the directory, with limits on where the path may lead: openat2(2).
    file_type openat(path_string path, open_flags how, mode_t mode, resolve_flags resolve, error_code& ec)
    {
        unique_fd fd =
            this->run(op::openat2(this->native_handle(), std::move(path), how, mode, resolve), ec);
        return ec ? opened_file().none() : opened_file()(std::move(fd));
    }

    /// Asynchronous form of openat() with limits: `void(error_code, basic_extended_file<Executor>)`, on the
    /// ring.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_openat(path_string path, open_flags how, mode_t mode, resolve_flags resolve,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(),
            op::openat2(this->native_handle(), std::move(path), how, mode, resolve), opened_file(),
            std::forward<Token>(token));
    }

    /// Opens a file relative to the directory, with limits on where the path may lead: openat2(2).
    file_type openat(path_string path, open_flags how, resolve_flags resolve)
    {
        return openat(std::move(path), how, 0666, resolve);
    }

    /// Opens a file relative to the directory, with limits on where the path may lead: openat2(2).
    file_type openat(path_string path, open_flags how, resolve_flags resolve, error_code& ec)
    {
        return openat(std::move(path), how, 0666, resolve, ec);
    }

    /// Asynchronous form of openat() with limits: `void(error_code, basic_extended_file<Executor>)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_openat(path_string path, open_flags how, resolve_flags resolve,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_openat(std::move(path), how, mode_t(0666), resolve, std::forward<Token>(token));
    }

    /// Opens a directory relative to the directory: openat(2).
    /**
     * @param path relative to this directory
     * @param how read_only or path_only, with no_follow and so on; file_base::directory and O_CLOEXEC are
     * added
     * @returns the open directory, with the executor of this one
     * @throws system_error ENOTDIR and the other errors of openat(2)
     */
    basic_extended_dir opendirat(path_string path, open_flags how = read_only)
    {
        return opened_dir()(this->run(
            op::openat{this->native_handle(), std::move(path), how | file_base::directory, 0}));
    }

    /// Opens a directory relative to the directory: openat(2).
    basic_extended_dir opendirat(path_string path, open_flags how, error_code& ec)
    {
        unique_fd fd = this->run(
            op::openat{this->native_handle(), std::move(path), how | file_base::directory, 0}, ec);
        return ec ? opened_dir().none() : opened_dir()(std::move(fd));
    }

    /// Opens a directory relative to the directory: openat(2).
    basic_extended_dir opendirat(path_string path, error_code& ec)
    {
        return opendirat(std::move(path), read_only, ec);
    }

    /// Asynchronous form of opendirat().
    /**
     * `void(error_code, basic_extended_dir)`, on the ring. The directory that comes with an error is closed.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, basic_extended_dir)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_opendirat(path_string path, open_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(),
            op::openat{this->native_handle(), std::move(path), how | file_base::directory, 0}, opened_dir(),
            std::forward<Token>(token));
    }

    /// Asynchronous form of opendirat(): `void(error_code, basic_extended_dir)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, basic_extended_dir)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_opendirat(
        path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_opendirat(std::move(path), open_flags(read_only), std::forward<Token>(token));
    }

    /// Opens a directory relative to the directory, with limits on where the path may lead: openat2(2).
    /**
     * @param path relative to this directory
     * @param how read_only or path_only, with no_follow and so on; file_base::directory and O_CLOEXEC are
     * added
     * @param resolve how far the path may lead
     * @returns the open directory, with the executor of this one
     * @throws system_error as openat() with limits
     */
    basic_extended_dir opendirat(path_string path, open_flags how, resolve_flags resolve)
    {
        return opened_dir()(this->run(
            op::openat2(this->native_handle(), std::move(path), how | file_base::directory, 0, resolve)));
    }

    /// Opens a directory relative to the directory, with limits on where the path may lead: openat2(2).
    basic_extended_dir opendirat(path_string path, open_flags how, resolve_flags resolve, error_code& ec)
    {
        unique_fd fd = this->run(
            op::openat2(this->native_handle(), std::move(path), how | file_base::directory, 0, resolve), ec);
        return ec ? opened_dir().none() : opened_dir()(std::move(fd));
    }

    /// Asynchronous form of opendirat() with limits: `void(error_code, basic_extended_dir)`, on the ring.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, basic_extended_dir)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_opendirat(path_string path, open_flags how, resolve_flags resolve,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(),
            op::openat2(this->native_handle(), std::move(path), how | file_base::directory, 0, resolve),
            opened_dir(), std::forward<Token>(token));
    }

    // -------------------------------------------------------------------------------------------------------
    // Files without a name

    /// Creates a file without a name on the directory's file system, see O_TMPFILE at open(2).
    /**
     * It is gone when it is closed, unless linkat() has given it a name: so nobody ever sees half of a file.
     *
     * @param how read_write or write_only, with what openat() takes besides; with file_base::exclusive, it
     * can never have a name
     * @param mode the permission bits, less the umask
     * @returns the open file, with the executor of this directory
     * @throws system_error EOPNOTSUPP when the file system has no such files; EACCES, ENOSPC, ...
     */
    file_type tmpfile(open_flags how = read_write, mode_t mode = 0600)
    {
        return openat(".", how | file_base::temporary, mode);
    }

    /// Creates a file without a name on the directory's file system, see O_TMPFILE at open(2).
    file_type tmpfile(open_flags how, mode_t mode, error_code& ec)
    {
        return openat(".", how | file_base::temporary, mode, ec);
    }

    /// Creates a file without a name on the directory's file system, see O_TMPFILE at open(2).
    file_type tmpfile(open_flags how, error_code& ec) { return tmpfile(how, 0600, ec); }

    /// Creates a file without a name on the directory's file system, see O_TMPFILE at open(2).
    file_type tmpfile(error_code& ec) { return tmpfile(read_write, 0600, ec); }

    /// Asynchronous form of tmpfile().
    /**
     * `void(error_code, basic_extended_file<Executor>)`, on the ring. The file that comes with an error is
     * closed.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_tmpfile(open_flags how, mode_t mode,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_openat(".", how | file_base::temporary, mode, std::forward<Token>(token));
    }

    /// Asynchronous form of tmpfile(): `void(error_code, basic_extended_file<Executor>)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_tmpfile(
        open_flags how, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_tmpfile(how, mode_t(0600), std::forward<Token>(token));
    }

    /// Asynchronous form of tmpfile(): `void(error_code, basic_extended_file<Executor>)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, file_type)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_tmpfile(Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_tmpfile(open_flags(read_write), 0600, std::forward<Token>(token));
    }

    using base::async_linkat;
    using base::linkat;

    /// Gives an open file a name in this directory, also one that has none: linkat(2).
    /**
     * Nothing that has the name is replaced. AT_EMPTY_PATH is used if the process may, and /proc otherwise.
     *
     * @param file made by tmpfile(), or any that still has a name; both stay open until the operation is over
     * @param new_path its name, relative to this directory
     * @throws system_error EEXIST; EXDEV on another file system; ENOENT for a file whose last name was
     * removed, or made with file_base::exclusive; EOPNOTSUPP when the process may not and /proc is not
     * mounted
     */
    template <class Executor1>
    void linkat(const basic_extended_file<Executor1>& file, path_string new_path)
    {
        this->run(op::link_file{this->native_handle(), std::move(new_path), file.native_handle()});
    }

    /// Gives an open file a name in this directory, also one that has none: linkat(2).
    template <class Executor1>
    void linkat(const basic_extended_file<Executor1>& file, path_string new_path, error_code& ec)
    {
        this->run(op::link_file{this->native_handle(), std::move(new_path), file.native_handle()}, ec);
    }

    /// Asynchronous form of linkat() for an open file.
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <class Executor1,
        BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
            asio::default_completion_token_t<executor_type>>
    auto async_linkat(const basic_extended_file<Executor1>& file, path_string new_path,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(this->start(file),
            op::link_file{this->native_handle(), std::move(new_path), file.native_handle()},
            std::forward<Token>(token));
    }

private:
    detail::open_object<file_type> opened_file() const { return {this->get_executor()}; }
    detail::open_object<basic_extended_dir> opened_dir() const { return {this->get_executor()}; }
};

} // namespace asio_fs

#endif
