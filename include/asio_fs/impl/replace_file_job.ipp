// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_REPLACE_FILE_JOB_IPP
#define ASIO_FS_IMPL_REPLACE_FILE_JOB_IPP

#include <asio_fs/detail/replace_file_job.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/detail/xattr_path.hpp>
#include <asio_fs/detail/xattr_value.hpp>
#include <asio_fs/xattr_names.hpp>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace asio_fs::detail {

ASIO_FS_DECL replace_file_job::temporary::~temporary()
{
    if (!name.empty())
        ::unlinkat(dir, name.c_str(), 0);
}

ASIO_FS_DECL error_code replace_file_job::run()
{
    if (to_.path.empty())
        return errno_code(ENOENT);
    const auto [parent, name] = split(to_.path);
    if (to_.path.back() == '/' || name.empty() || name == "." || name == "..")
        return errno_code(EISDIR);
    const int access = options_.sync_dir ? O_RDONLY : O_PATH;
    dir_.reset(uninterrupted(
        [&, &at = parent]
        { return ::openat(to_.dirfd, at.empty() ? "." : at.c_str(), access | O_DIRECTORY | O_CLOEXEC); }));
    if (!dir_)
        return last_error();
    struct ::stat status;
    if (::fstatat(dir_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
        old_ = status;
    else if (errno != ENOENT)
        return last_error();
    if (old_ && S_ISDIR(old_->st_mode))
        return errno_code(EISDIR);
    keeps_ = old_ && S_ISREG(old_->st_mode);

    temporary temp;
    int error = create(name, temp);
    if (error == 0)
        error = write_content();
    if (error == 0 && keeps_)
        error = keep_attributes(name);
    if (error == 0 && options_.sync_file && uninterrupted([&] { return ::fsync(file_.get()); }) != 0)
        error = errno;
    if (error == 0 && stop_.stop_requested())
        error = ECANCELED;
    if (error == 0)
        error = publish(name, temp);
    // Some file systems cannot be asked for this, and say EINVAL.
    if (error == 0 && options_.sync_dir && uninterrupted([&] { return ::fsync(dir_.get()); }) != 0 &&
        errno != EINVAL)
        error = errno;
    return error != 0 ? errno_code(error) : error_code();
}

// Calls `make` with names that nothing else has, until it makes something.
template <class Make>
int replace_file_job::with_new_name(const std::string& name, temporary& temp, Make make)
{
    constexpr std::size_t most = 200; // and with the rest below what file systems allow, 255
    for (int attempt = 0; attempt != 100; ++attempt)
    {
        std::uint64_t number = 0;
        if (::getrandom(&number, sizeof number, GRND_NONBLOCK) != static_cast<ssize_t>(sizeof number))
            return errno;
        std::string candidate = "." + name.substr(0, most) + "." + std::to_string(number);
        if (make(candidate) >= 0)
        {
            temp.dir = dir_.get();
            temp.name = std::move(candidate);
            return 0;
        }
        if (errno != EEXIST)
            return errno;
    }
    return EEXIST;
}

// At first without a name, which leaves nothing behind whatever happens.
ASIO_FS_DECL int replace_file_job::create(const std::string& name, temporary& temp)
{
    // Closed to others until it has the mode of the old one.
    const mode_t mode = keeps_ && options_.keep_mode ? 0600 : options_.mode;
    if (nameless_)
    {
        constexpr int flags = O_TMPFILE | O_WRONLY | O_CLOEXEC;
        file_.reset(uninterrupted([&] { return ::openat(dir_.get(), ".", flags, mode); }));
        if (file_)
            return 0;
        // EISDIR is what a kernel says that does not know the flag, the others what file systems say.
        if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOSYS)
            return errno;
        nameless_ = false;
    }
    return with_new_name(
        name, temp,
        [&](const std::string& candidate)
        {
            constexpr int flags = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW;
            file_.reset(uninterrupted([&] { return ::openat(dir_.get(), candidate.c_str(), flags, mode); }));
            return file_.get();
        });
}

ASIO_FS_DECL int replace_file_job::write_content()
{
    constexpr int most = 64;
    constexpr std::size_t piece = 8 << 20; // so that cancellation is noticed
    std::size_t index = 0, offset = 0;     // what comes next
    while (index != content_.size())
    {
        iovec vectors[most];
        int count = 0;
        std::size_t total = 0;
        for (std::size_t i = index; i != content_.size() && count != most && total != piece; ++i)
        {
            const asio::const_buffer b = content_[i] + (i == index ? offset : 0);
            const std::size_t size = std::min(b.size(), piece - total);
            vectors[count++] = {const_cast<void*>(b.data()), size};
            total += size;
        }
        if (stop_.stop_requested())
            return ECANCELED;
        ssize_t written = ::writev(file_.get(), vectors, count);
        if (written < 0 && errno != EINTR)
            return errno;
        if (written == 0 && total != 0)
            return EIO;
        offset += static_cast<std::size_t>(std::max(written, ssize_t(0)));
        while (index != content_.size() && offset >= content_[index].size())
            offset -= content_[index++].size();
    }
    return 0;
}

ASIO_FS_DECL int replace_file_job::keep_attributes(const std::string& name)
{
    struct ::stat now;
    if (::fstat(file_.get(), &now) != 0)
        return errno;
    // The owner first: a change clears some of the rest.
    if (options_.keep_owner && (now.st_uid != old_->st_uid || now.st_gid != old_->st_gid) &&
        ::fchown(file_.get(), old_->st_uid, old_->st_gid) != 0)
        return errno;
    if (options_.keep_xattrs)
    {
        if (const int error = keep_xattrs(name))
            return error;
    }
    if (options_.keep_mode && ::fchmod(file_.get(), old_->st_mode & 01777) != 0)
        return errno;
    return 0;
}

ASIO_FS_DECL int replace_file_job::keep_xattrs(const std::string& name)
{
    constexpr const char* access_list = "system.posix_acl_access";
    const at_flags itself = at_flags::symlink_nofollow;
    std::string list, value, has;
    int result = read_xattr(list, [&](char* out, std::size_t size)
                            { return listxattr_at(dir_.get(), name.c_str(), itself, out, size); });
    if (result < 0 && result != -ENOTSUP && result != -ENOENT)
        return -result;
    bool listed = false;
    for (const std::string_view attribute : xattr_names(list.data(), list.size()))
    {
        const char* const key = attribute.data(); // a NUL follows
        if (attribute == "security.capability" || attribute == "security.ima" || attribute == "security.evm")
            continue;
        listed = listed || attribute == access_list;
        result = read_xattr(value, [&](char* out, std::size_t size)
                            { return getxattr_at(dir_.get(), name.c_str(), itself, key, out, size); });
        if (result == -ENODATA || result == -ENOENT)
            continue; // gone in the meantime
        if (result < 0)
            return -result;
        // What the new file got by itself, it need not be allowed to set.
        result = read_xattr(has, [&](char* out, std::size_t size)
                            { return ret(::fgetxattr(file_.get(), key, out, size)); });
        if (result == 0 && has == value)
            continue;
        if (::fsetxattr(file_.get(), key, value.data(), value.size(), 0) != 0)
            return errno;
    }
    // What the new file inherited from the directory, the old one did not have.
    if (!listed && ::fremovexattr(file_.get(), access_list) != 0 && errno != ENODATA && errno != ENOTSUP)
        return errno;
    return 0;
}

// By the descriptor, which takes a privilege on older kernels, or through /proc.
ASIO_FS_DECL int replace_file_job::link_as(const std::string& name) noexcept
{
    if (::linkat(file_.get(), "", dir_.get(), name.c_str(), AT_EMPTY_PATH) == 0)
        return 0;
    if (errno != ENOENT)
        return -1;
    char path[32];
    std::snprintf(path, sizeof path, "/proc/self/fd/%d", file_.get());
    return ::linkat(AT_FDCWD, path, dir_.get(), name.c_str(), AT_SYMLINK_FOLLOW);
}

// The point of no return.
ASIO_FS_DECL int replace_file_job::publish(const std::string& name, temporary& temp)
{
    if (nameless_)
    {
        if (!old_)
        {
            if (link_as(name) == 0)
                return 0;
            if (errno != EEXIST) // someone else was faster: replace that
                return errno;
        }
        const auto link = [this](const std::string& candidate) { return link_as(candidate); };
        if (const int error = with_new_name(name, temp, link))
            return error;
    }
    if (::renameat(dir_.get(), temp.name.c_str(), dir_.get(), name.c_str()) != 0)
        return errno;
    temp.name.clear();
    return 0;
}

} // namespace asio_fs::detail

#endif
