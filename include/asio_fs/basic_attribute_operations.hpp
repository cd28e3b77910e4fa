// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_BASIC_ATTRIBUTE_OPERATIONS_HPP
#define ASIO_FS_BASIC_ATTRIBUTE_OPERATIONS_HPP

#include <asio_fs/basic_inode_object.hpp>
#include <asio_fs/op/acl_delete_def_file.hpp>
#include <asio_fs/op/acl_get_file.hpp>
#include <asio_fs/op/acl_set_file.hpp>
#include <asio_fs/op/getfilecon.hpp>
#include <asio_fs/op/getxattr.hpp>
#include <asio_fs/op/listxattr.hpp>
#include <asio_fs/op/removexattr.hpp>
#include <asio_fs/op/setfilecon.hpp>
#include <asio_fs/op/setxattr.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace asio_fs {

/// Extended attributes of the entries of a directory, with access control lists and labels; the part of
/// basic_extended_dir that is about what stands in them.
/**
 * Paths are relative to the directory, as said at basic_entry_operations. System calls that take a directory
 * came with Linux 6.13 (setxattrat and so on). Before, the library reaches the entry by /proc/self/fd, which
 * must be mounted then.
 */
template <class Executor = asio::any_io_executor>
class basic_attribute_operations : public basic_inode_object<Executor>
{
    using base = basic_inode_object<Executor>;

public:
    using typename base::executor_type;
    using base::async_getxattr;
    using base::async_listxattr;
    using base::async_removexattr;
    using base::async_setxattr;
    using base::getxattr;
    using base::listxattr;
    using base::removexattr;
    using base::setxattr;

    /// Gets an extended attribute of an entry: getxattr(2).
    /**
     * @param path the entry
     * @param name with its namespace, as in "user.comment"
     * @param value where the value goes; an empty buffer only asks for the size
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @returns the size of the value in bytes
     * @throws system_error ENODATA if there is no such attribute, ERANGE if the buffer is too small, ENOTSUP
     */
    std::size_t getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        at_flags flags = at_flags::none)
    {
        return this->run(op::getxattr{this->native_handle(), std::move(path), std::move(name), value, flags});
    }

    /// Gets an extended attribute of an entry: getxattr(2).
    std::size_t getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        at_flags flags, error_code& ec)
    {
        return this->run(
            op::getxattr{this->native_handle(), std::move(path), std::move(name), value, flags}, ec);
    }

    /// Asynchronous form of getxattr().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        at_flags flags, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::getxattr{this->native_handle(), std::move(path), std::move(name), value, flags},
            std::forward<Token>(token));
    }

    /// Gets an extended attribute of an entry: getxattr(2).
    std::size_t getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        error_code& ec)
    {
        return getxattr(std::move(path), std::move(name), value, at_flags::none, ec);
    }

    /// Asynchronous form of getxattr(): `void(error_code, std::size_t)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getxattr(path_string path, path_string name, const asio::mutable_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_getxattr(std::move(path), std::move(name), value, at_flags::none,
            std::forward<Token>(token));
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    /**
     * @param path the entry
     * @param name with its namespace, as in "user.comment"
     * @param value the bytes
     * @param how whether the attribute may, or must, exist
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @throws system_error EEXIST or ENODATA because of `how`, ENOSPC, ENOTSUP, EPERM
     */
    void setxattr(path_string path, path_string name, const asio::const_buffer& value,
        xattr_flags how = xattr_flags::none, at_flags flags = at_flags::none)
    {
        this->run(op::setxattr{this->native_handle(), std::move(path), std::move(name), value, how, flags});
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    void setxattr(path_string path, path_string name, const asio::const_buffer& value, xattr_flags how,
        at_flags flags, error_code& ec)
    {
        this->run(
            op::setxattr{this->native_handle(), std::move(path), std::move(name), value, how, flags}, ec);
    }

    /// Asynchronous form of setxattr().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string path, path_string name, const asio::const_buffer& value, xattr_flags how,
        at_flags flags, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::setxattr{this->native_handle(), std::move(path), std::move(name), value, how, flags},
            std::forward<Token>(token));
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    void setxattr(path_string path, path_string name, const asio::const_buffer& value, xattr_flags how,
        error_code& ec)
    {
        setxattr(std::move(path), std::move(name), value, how, at_flags::none, ec);
    }

    /// Asynchronous form of setxattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string path, path_string name, const asio::const_buffer& value, xattr_flags how,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_setxattr(std::move(path), std::move(name), value, how, at_flags::none,
            std::forward<Token>(token));
    }

    /// Sets an extended attribute of an entry: setxattr(2).
    void setxattr(path_string path, path_string name, const asio::const_buffer& value, error_code& ec)
    {
        setxattr(std::move(path), std::move(name), value, xattr_flags::none, at_flags::none, ec);
    }

    /// Asynchronous form of setxattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setxattr(path_string path, path_string name, const asio::const_buffer& value,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_setxattr(std::move(path), std::move(name), value, xattr_flags::none, at_flags::none,
            std::forward<Token>(token));
    }

    /// Lists the extended attributes of an entry: listxattr(2).
    /**
     * @param path the entry
     * @param names where the names go: read them with xattr_names; an empty buffer only asks for the size
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @returns the size of the list in bytes
     * @throws system_error ERANGE if the buffer is too small
     */
    std::size_t listxattr(path_string path, const asio::mutable_buffer& names,
        at_flags flags = at_flags::none)
    {
        return this->run(op::listxattr{this->native_handle(), std::move(path), names, flags});
    }

    /// Lists the extended attributes of an entry: listxattr(2).
    std::size_t listxattr(path_string path, const asio::mutable_buffer& names, at_flags flags, error_code& ec)
    {
        return this->run(op::listxattr{this->native_handle(), std::move(path), names, flags}, ec);
    }

    /// Asynchronous form of listxattr().
    /**
     * `void(error_code, std::size_t)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_listxattr(path_string path, const asio::mutable_buffer& names, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::listxattr{this->native_handle(), std::move(path), names, flags},
            std::forward<Token>(token));
    }

    /// Lists the extended attributes of an entry: listxattr(2).
    std::size_t listxattr(path_string path, const asio::mutable_buffer& names, error_code& ec)
    {
        return listxattr(std::move(path), names, at_flags::none, ec);
    }

    /// Asynchronous form of listxattr(): `void(error_code, std::size_t)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::size_t)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_listxattr(path_string path, const asio::mutable_buffer& names,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_listxattr(std::move(path), names, at_flags::none, std::forward<Token>(token));
    }

    /// Removes an extended attribute of an entry: removexattr(2).
    /**
     * @param path the entry
     * @param name with its namespace
     * @param flags at_flags::symlink_nofollow for a symbolic link itself
     * @throws system_error ENODATA if there is no such attribute
     */
    void removexattr(path_string path, path_string name, at_flags flags = at_flags::none)
    {
        this->run(op::removexattr{this->native_handle(), std::move(path), std::move(name), flags});
    }

    /// Removes an extended attribute of an entry: removexattr(2).
    void removexattr(path_string path, path_string name, at_flags flags, error_code& ec)
    {
        this->run(op::removexattr{this->native_handle(), std::move(path), std::move(name), flags}, ec);
    }

    /// Asynchronous form of removexattr().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_removexattr(path_string path, path_string name, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::removexattr{this->native_handle(), std::move(path), std::move(name), flags},
            std::forward<Token>(token));
    }

    /// Removes an extended attribute of an entry: removexattr(2).
    void removexattr(path_string path, path_string name, error_code& ec)
    {
        removexattr(std::move(path), std::move(name), at_flags::none, ec);
    }

    /// Asynchronous form of removexattr(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_removexattr(path_string path, path_string name,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_removexattr(std::move(path), std::move(name), at_flags::none,
            std::forward<Token>(token));
    }

    /// Gets an access control list of an entry: acl_get_file(3).
    /**
     * Where nothing but the permission bits was set, the list that they stand for; a directory without a
     * default list gives an empty one.
     * @param path the entry
     * @param type the access list, or the default list of a directory
     * @param flags how the path is followed; symbolic links themselves have no lists
     * @throws system_error ENOTSUP if the file system has no such lists, EACCES for the default list of
     * something else than a directory
     */
    acl acl_get_file(path_string path, acl_type type = acl_type::access, at_flags flags = at_flags::none)
    {
        return this->run(op::acl_get_file{this->native_handle(), std::move(path), type, flags});
    }

    /// Gets an access control list of an entry: acl_get_file(3).
    acl acl_get_file(path_string path, acl_type type, at_flags flags, error_code& ec)
    {
        return this->run(op::acl_get_file{this->native_handle(), std::move(path), type, flags}, ec);
    }

    /// Asynchronous form of acl_get_file().
    /**
     * `void(error_code, acl)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, acl)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_get_file(path_string path, acl_type type, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::acl_get_file{this->native_handle(), std::move(path), type, flags},
            std::forward<Token>(token));
    }

    /// Gets an access control list of an entry: acl_get_file(3).
    acl acl_get_file(path_string path, acl_type type, error_code& ec)
    {
        return acl_get_file(std::move(path), type, at_flags::none, ec);
    }

    /// Asynchronous form of acl_get_file(): `void(error_code, acl)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, acl)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_get_file(path_string path, acl_type type,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_acl_get_file(std::move(path), type, at_flags::none, std::forward<Token>(token));
    }

    /// Gets the access list of an entry: acl_get_file(3).
    acl acl_get_file(path_string path, error_code& ec)
    {
        return acl_get_file(std::move(path), acl_type::access, at_flags::none, ec);
    }

    /// Asynchronous form of acl_get_file(): `void(error_code, acl)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, acl)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_get_file(path_string path,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_acl_get_file(std::move(path), acl_type::access, at_flags::none,
            std::forward<Token>(token));
    }

    /// Sets an access control list of an entry: acl_set_file(3).
    /**
     * The permission bits follow the access list, the group's those of its mask.
     * @param path the entry
     * @param type the access list, or the default list of a directory
     * @param list the whole new list; an empty one removes the default list
     * @param flags how the path is followed; symbolic links themselves have no lists
     * @throws system_error EINVAL if the list is not valid(), ENOTSUP if the file system has no such lists,
     * EACCES for the default list of something else than a directory, EPERM to all but the owner, ENOSPC
     */
    void acl_set_file(path_string path, acl_type type, const acl& list, at_flags flags = at_flags::none)
    {
        this->run(op::acl_set_file{this->native_handle(), std::move(path), type, list, flags});
    }

    /// Sets an access control list of an entry: acl_set_file(3).
    void acl_set_file(path_string path, acl_type type, const acl& list, at_flags flags, error_code& ec)
    {
        this->run(op::acl_set_file{this->native_handle(), std::move(path), type, list, flags}, ec);
    }

    /// Asynchronous form of acl_set_file().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_set_file(path_string path, acl_type type, const acl& list, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::acl_set_file{this->native_handle(), std::move(path), type, list, flags},
            std::forward<Token>(token));
    }

    /// Sets an access control list of an entry: acl_set_file(3).
    void acl_set_file(path_string path, acl_type type, const acl& list, error_code& ec)
    {
        acl_set_file(std::move(path), type, list, at_flags::none, ec);
    }

    /// Asynchronous form of acl_set_file(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_set_file(path_string path, acl_type type, const acl& list,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_acl_set_file(std::move(path), type, list, at_flags::none, std::forward<Token>(token));
    }

    /// Removes the default access control list of a directory, if it has one: acl_delete_def_file(3).
    /**
     * @param path the directory
     * @throws system_error ENOTSUP if the file system has no such lists, EPERM to all but the owner
     */
    void acl_delete_def_file(path_string path)
    {
        this->run(op::acl_delete_def_file{this->native_handle(), std::move(path)});
    }

    /// Removes the default access control list of a directory, if it has one: acl_delete_def_file(3).
    void acl_delete_def_file(path_string path, error_code& ec)
    {
        this->run(op::acl_delete_def_file{this->native_handle(), std::move(path)}, ec);
    }

    /// Asynchronous form of acl_delete_def_file().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_acl_delete_def_file(path_string path,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::acl_delete_def_file{this->native_handle(), std::move(path)},
            std::forward<Token>(token));
    }

    /// Gets the SELinux label of an entry: getfilecon(3).
    /**
     * @param path the entry
     * @param flags at_flags::symlink_nofollow for a symbolic link itself, as lgetfilecon(3)
     * @returns the label without a terminating NUL, as "system_u:object_r:etc_t:s0"
     * @throws system_error ENODATA if there is none, ENOTSUP
     */
    std::string getfilecon(path_string path, at_flags flags = at_flags::none)
    {
        return this->run(op::getfilecon{this->native_handle(), std::move(path), flags});
    }

    /// Gets the SELinux label of an entry: getfilecon(3).
    std::string getfilecon(path_string path, at_flags flags, error_code& ec)
    {
        return this->run(op::getfilecon{this->native_handle(), std::move(path), flags}, ec);
    }

    /// Asynchronous form of getfilecon().
    /**
     * `void(error_code, std::string)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::string)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getfilecon(path_string path, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::getfilecon{this->native_handle(), std::move(path), flags},
            std::forward<Token>(token));
    }

    /// Gets the SELinux label of an entry: getfilecon(3).
    std::string getfilecon(path_string path, error_code& ec)
    {
        return getfilecon(std::move(path), at_flags::none, ec);
    }

    /// Asynchronous form of getfilecon(): `void(error_code, std::string)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code, std::string)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_getfilecon(path_string path, Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_getfilecon(std::move(path), at_flags::none, std::forward<Token>(token));
    }

    /// Sets the SELinux label of an entry: setfilecon(3).
    /**
     * @param path the entry
     * @param label without a terminating NUL
     * @param flags at_flags::symlink_nofollow for a symbolic link itself, as lsetfilecon(3)
     * @throws system_error EINVAL if the policy does not know the label, or it holds a NUL byte; EPERM,
     * EACCES, ENOTSUP
     */
    void setfilecon(path_string path, std::string label, at_flags flags = at_flags::none)
    {
        this->run(op::setfilecon{this->native_handle(), std::move(path), std::move(label), flags});
    }

    /// Sets the SELinux label of an entry: setfilecon(3).
    void setfilecon(path_string path, std::string label, at_flags flags, error_code& ec)
    {
        this->run(op::setfilecon{this->native_handle(), std::move(path), std::move(label), flags}, ec);
    }

    /// Asynchronous form of setfilecon().
    /**
     * `void(error_code)`, on a worker thread.
     */
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setfilecon(path_string path, std::string label, at_flags flags,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return detail::async_run(
            this->start(),
            op::setfilecon{this->native_handle(), std::move(path), std::move(label), flags},
            std::forward<Token>(token));
    }

    /// Sets the SELinux label of an entry: setfilecon(3).
    void setfilecon(path_string path, std::string label, error_code& ec)
    {
        setfilecon(std::move(path), std::move(label), at_flags::none, ec);
    }

    /// Asynchronous form of setfilecon(): `void(error_code)`.
    template <BOOST_ASIO_COMPLETION_TOKEN_FOR(void(error_code)) Token =
                  asio::default_completion_token_t<executor_type>>
    auto async_setfilecon(path_string path, std::string label,
        Token&& token = asio::default_completion_token_t<executor_type>())
    {
        return async_setfilecon(
            std::move(path), std::move(label), at_flags::none, std::forward<Token>(token));
    }

protected:
    using base::base;
    using base::operator=;

    basic_attribute_operations(basic_attribute_operations&&) noexcept = default;
    basic_attribute_operations& operator=(basic_attribute_operations&&) noexcept = default;
    ~basic_attribute_operations() = default;
};

} // namespace asio_fs

#endif
