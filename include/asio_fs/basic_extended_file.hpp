// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_EXTENDED_FILE_HPP
#define ASIO_FS_BASIC_EXTENDED_FILE_HPP

#include <asio_fs/basic_file_operations.hpp>
#include <asio_fs/detail/stream_file_layer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_stream_file.hpp>
#include <boost/asio/execution_context.hpp>

#include <concepts>
#include <memory>
#include <utility>

namespace asio_fs {

/// An open file: what asio::basic_stream_file and asio::basic_random_access_file do, and everything else that
/// the kernel offers for an open file.
/**
 * Models Asio's stream and random-access concepts: asio::async_read, asio::async_read_at, asio::async_write
 * and so on take it. What all operations have in common is said at basic_inode_object.
 *
 * @par Thread Safety
 * Distinct objects: safe. Shared objects: unsafe.
 */
template <class Executor = asio::any_io_executor>
class basic_extended_file : public basic_file_operations<Executor>, public file_base
{
    using base = basic_file_operations<Executor>;

public:
    using typename base::executor_type;
    using typename base::native_handle_type;

    /// Rebinds the file type to another executor.
    template <class Executor1>
    struct rebind_executor
    {
        /// The file type when rebound to the specified executor.
        using other = basic_extended_file<Executor1>;
    };

    // -------------------------------------------------------------------------------------------------------
    // Construction

    /// Makes a closed file.
    /**
     * @param ex where handlers run that have no executor of their own; its context runs the operations
     */
    explicit basic_extended_file(const executor_type& ex) : base(ex) {}

    /// Makes a closed file.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    explicit basic_extended_file(ExecutionContext& context) : base(executor_type(context.get_executor()))
    {
    }

    /// Opens a file, as open() does.
    basic_extended_file(const executor_type& ex, path_string path, open_flags how, mode_t mode = 0666)
        : base(ex)
    {
        open(std::move(path), how, mode);
    }

    /// Opens a file, as open() does.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_file(ExecutionContext& context, path_string path, open_flags how, mode_t mode = 0666)
        : base(executor_type(context.get_executor()))
    {
        open(std::move(path), how, mode);
    }

    /// Opens a file with limits on where the path may lead, as open() does.
    basic_extended_file(
        const executor_type& ex, path_string path, open_flags how, mode_t mode, resolve_flags resolve)
        : base(ex)
    {
        open(std::move(path), how, mode, resolve);
    }

    /// Opens a file with limits on where the path may lead, as open() does.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_file(
        ExecutionContext& context, path_string path, open_flags how, mode_t mode, resolve_flags resolve)
        : base(executor_type(context.get_executor()))
    {
        open(std::move(path), how, mode, resolve);
    }

    /// Opens a file with limits on where the path may lead, as open() does.
    basic_extended_file(const executor_type& ex, path_string path, open_flags how, resolve_flags resolve)
        : base(ex)
    {
        open(std::move(path), how, resolve);
    }

    /// Opens a file with limits on where the path may lead, as open() does.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_file(ExecutionContext& context, path_string path, open_flags how, resolve_flags resolve)
        : base(executor_type(context.get_executor()))
    {
        open(std::move(path), how, resolve);
    }

    /// Takes over an open descriptor, which the object will close.
    basic_extended_file(const executor_type& ex, const native_handle_type& fd) : base(ex, fd) {}

    /// Takes over an open descriptor, which the object will close.
    template <class ExecutionContext>
        requires std::convertible_to<ExecutionContext&, asio::execution_context&>
    basic_extended_file(ExecutionContext& context, const native_handle_type& fd)
        : base(executor_type(context.get_executor()), fd)
    {
    }

    /// Takes over what another file holds, operations in flight included; that one is closed then.
    basic_extended_file(basic_extended_file&& other) noexcept = default;

    /// Takes over what a file with another executor holds.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    basic_extended_file(basic_extended_file<Executor1>&& other) : base(std::move(other))
    {
    }

    /// Closes the file and takes over what another one holds, operations in flight included.
    basic_extended_file& operator=(basic_extended_file&& other) noexcept = default;

    /// Closes the file and takes over what a file with another executor holds.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    basic_extended_file& operator=(basic_extended_file<Executor1>&& other)
    {
        base::operator=(std::move(other));
        return *this;
    }

    ~basic_extended_file() = default;

#if defined(BOOST_ASIO_HAS_FILE)
    /// Asio's own file over the same descriptor, made by next_layer().
    using next_layer_type = asio::basic_stream_file<Executor>;

    /// Takes over the descriptor of one of Asio's files; that one is closed then.
    template <class Executor1>
        requires std::convertible_to<Executor1, Executor>
    explicit basic_extended_file(asio::basic_stream_file<Executor1>&& other)
        : base(executor_type(other.get_executor()))
    {
        if (!other.is_open())
            return;
        unique_fd fd(other.release());
        this->assign(fd.get());
        fd.release();
    }

    /// Asio's own file over the same descriptor, for code that insists on one.
    /**
     * It is made at the first call, and gone when this object is closed, released, assigned to or destroyed;
     * it moves with this object. Do not close it.
     * @throws system_error bad_descriptor on a closed object; the error by which the kernel refuses io_uring,
     * without which Asio has no files
     */
    next_layer_type& next_layer()
    {
        if (!this->is_open())
            throw system_error(asio::error::bad_descriptor, "next_layer");
        using layer = detail::stream_file_layer<Executor>;
        if (!this->layer())
            this->layer() = std::make_unique<layer>(this->get_executor(), this->native_handle());
        return static_cast<layer&>(*this->layer()).file;
    }
#endif

    // -------------------------------------------------------------------------------------------------------
    // Opening

    /// Opens a file: open(2).
    /**
     * The path is relative to the current directory. By default, which is resolve_flags::none, it leads
     * wherever it leads: through symbolic links, "..", other mounts. The forms with resolve_flags limit that.
     *
     * @param path any bytes but NUL
     * @param how file_base::flags or asio::file_base::flags; O_CLOEXEC is added
     * @param mode the permission bits of a file that is created, less the umask
     * @throws system_error already_open when the object is open (nothing is created or truncated then); the
     * errors of open(2)
     */
    void open(path_string path, open_flags how, mode_t mode = 0666)
    {
        this->open_path(std::move(path), how, mode);
    }

    /// Opens a file: open(2).
    void open(path_string path, open_flags how, mode_t mode, error_code& ec)
    {
        this->open_path(std::move(path), how, mode, ec);
    }

    /// Opens a file: open(2).
    void open(path_string path, open_flags how, error_code& ec) { open(std::move(path), how, 0666, ec); }

    /// Asynchronous form of open().
    /**
     * `void(error_code)`, on the ring. The object is open when the handler is called, and is touched just
     * before, in the handler's context. It may be moved meanwhile, but not by another thread. When it is
     * closed or destroyed before, the operation completes with operation_aborted, and the file that was
     * opened is closed; if it was to be created, it may exist. With a lazy token such as asio::deferred the
     * operation may be started when the object has moved, and opens it where it is now; when it has been
     * destroyed or assigned to, nothing is opened, and the error is operation_aborted.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, open_flags how, mode_t mode,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return this->async_open_path(std::move(path), how, mode, std::forward<Token>(token));
    }

    /// Asynchronous form of open(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, open_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_open(std::move(path), how, 0666, std::forward<Token>(token));
    }

    /// Opens a file, with limits on where the path may lead: openat2(2).
    /**
     * To stay inside of a directory, whatever its path leads to by now, open relative to it:
     * basic_extended_dir::openat().
     *
     * @param path any bytes but NUL, relative to the current directory
     * @param how as for the other form; unlike it, this one refuses flags that it does not know
     * @param mode the permission bits of a file that is created, less the umask
     * @param resolve how far the path may lead; for resolve_flags::beneath and resolve_flags::in_root, the
     * directory is the current one
     * @throws system_error already_open when the object is open; EXDEV or ELOOP when the path leads too far;
     * EAGAIN when somebody renames directories along a path with "..": try again; ENOSYS before Linux 5.6
     */
    void open(path_string path, open_flags how, mode_t mode, resolve_flags resolve)
    {
        this->open_path(std::move(path), how, mode, resolve);
    }

    /// Opens a file, with limits on where the path may lead: openat2(2).
    void open(path_string path, open_flags how, mode_t mode, resolve_flags resolve, error_code& ec)
    {
        this->open_path(std::move(path), how, mode, resolve, ec);
    }

    /// Asynchronous form of open() with limits: `void(error_code)`, on the ring.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, open_flags how, mode_t mode, resolve_flags resolve,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return this->async_open_path(std::move(path), how, mode, resolve, std::forward<Token>(token));
    }

    /// Opens a file, with limits on where the path may lead: openat2(2).
    void open(path_string path, open_flags how, resolve_flags resolve)
    {
        open(std::move(path), how, 0666, resolve);
    }

    /// Opens a file, with limits on where the path may lead: openat2(2).
    void open(path_string path, open_flags how, resolve_flags resolve, error_code& ec)
    {
        open(std::move(path), how, 0666, resolve, ec);
    }

    /// Asynchronous form of open() with limits: `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_open(path_string path, open_flags how, resolve_flags resolve,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_open(std::move(path), how, mode_t(0666), resolve, std::forward<Token>(token));
    }
};

} // namespace asio_fs

#endif
