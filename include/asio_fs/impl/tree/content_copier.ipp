// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_CONTENT_COPIER_IPP
#define ASIO_FS_IMPL_TREE_CONTENT_COPIER_IPP

#include <asio_fs/detail/tree/buffered_step.hpp>
#include <asio_fs/detail/tree/content_copier.hpp>
#include <asio_fs/detail/tree/region_copier.hpp>

#include <algorithm>
#include <utility>

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace asio_fs::detail {

// The most that is moved between two looks at the stop flag.
inline constexpr std::size_t largest_buffer = 8 * 1024 * 1024;

// Files for which starting threads pays, and how many of them do: writing is done by one at a time.
inline constexpr std::uint64_t shared_size = 32 * 1024 * 1024;
inline constexpr unsigned most_helpers = 2;

ASIO_FS_DECL content_copier::content_copier(copy_method method, bool sparse, std::size_t buffer_size,
                                            std::uint64_t piece, unsigned queue_depth,
                                            std::function<bool()> stopping, std::function<unsigned()> helpers)
    : method_(method), sparse_(sparse),
      buffer_size_(std::clamp<std::size_t>(buffer_size, 4096, largest_buffer)),
      buffer_(new char[buffer_size_]), piece_(piece), queue_depth_(queue_depth),
      stopping_(std::move(stopping)), helpers_(std::move(helpers))
{}

ASIO_FS_DECL content_result content_copier::copy(int in, const struct ::stat& status, int out,
                                                 dev_t out_device,
                                                 const std::function<void(std::uint64_t)>& moved)
{
    content_result result;
    moved_ = &moved;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size == 0)
    {
        // The files of procfs have content all the same.
        copy_ladder ladder(copy_step::read_write, 0, copy_ladder::to_end_of_file);
        copy_range(in, out, ladder, result);
        result.ended_early = false;
        return result;
    }

    pair_memory& pair = recall(status.st_dev, out_device, out);
    const bool small = size <= pair.small;
    copy_step first = small ? pair.first_small : pair.first;
    if (first == copy_step::clone)
    {
        copy_ladder ladder(copy_step::clone, 0, size, method_ == copy_method::reflink);
        if (clone(in, out, ladder, result))
            return result;
        if (ladder.pair_is_incapable())
            pair.first = std::max(pair.first, ladder.step());
        first = ladder.step();
    }
    if (sparse_ && static_cast<std::uint64_t>(status.st_blocks) * 512 < size)
    {
        copy_sparse(in, out, size, first, result);
        return result;
    }
    if (method_ == copy_method::direct && !small && copy_directly(in, out, size, result))
        return result;
    if (size >= shared_size && pair.shared_writing && first == copy_step::copy_range)
    {
        if (const unsigned helpers = std::min(helpers_(), most_helpers))
        {
            region_copier(in, out, buffer_size_, stopping_, moved).copy(size, helpers, buffer_.get(), result);
            return result;
        }
    }
    copy_ladder ladder(first, 0, size);
    copy_range(in, out, ladder, result);
    if (ladder.pair_is_incapable())
    {
        pair.first = std::max(pair.first, ladder.step());
        pair.first_small = std::max(pair.first_small, ladder.step());
    }
    return result;
}

// Measured: xfs clones 4 KiB more slowly than it copies them; on btrfs copy_file_range beats writing at every
// size; elsewhere one read and one write are cheapest as long as the file fits into the buffer.
ASIO_FS_DECL content_copier::pair_memory& content_copier::recall(dev_t from, dev_t to, int out)
{
    for (pair_memory& pair : pairs_)
    {
        if (pair.from == from && pair.to == to)
            return pair;
    }
    pair_memory pair{from, to, copy_step::clone, copy_step::read_write, buffer_size_, false};
    struct ::statfs file_system;
    const bool known = ::fstatfs(out, &file_system) == 0;
    switch (method_)
    {
    case copy_method::automatic:
        if (from != to)
            pair.first = copy_step::copy_range;
        else if (known && file_system.f_type == BTRFS_SUPER_MAGIC)
            pair.first_small = copy_step::copy_range;
        else if (known && file_system.f_type == XFS_SUPER_MAGIC)
            pair.small = std::min<std::uint64_t>(pair.small, 32 * 1024);
        pair.shared_writing = from == to && known &&
                              (file_system.f_type == EXT4_SUPER_MAGIC ||
                               file_system.f_type == XFS_SUPER_MAGIC || file_system.f_type == TMPFS_MAGIC);
        break;
    case copy_method::reflink:
        pair.first_small = copy_step::clone;
        break;
    case copy_method::copy_file_range:
        pair.first = pair.first_small = copy_step::copy_range;
        break;
    case copy_method::splice:
        pair.first = pair.first_small = copy_step::splice;
        break;
    case copy_method::read_write:
    case copy_method::direct: // what is not copied directly
        pair.first = copy_step::read_write;
        break;
    }
    return pairs_.emplace_back(pair);
}

ASIO_FS_DECL bool content_copier::clone(int in, int out, copy_ladder& ladder, content_result& result)
{
    if (uninterrupted([&] { return ::ioctl(out, FICLONE, in); }) == 0)
    {
        ladder.done(ladder.end());
        result.bytes_cloned = ladder.end();
        return true;
    }
    ladder.failed(errno);
    if (ladder.next() != copy_ladder::state::broken)
        return false;
    result.error = errno_code(ladder.error());
    result.step = "ioctl(FICLONE)";
    return true;
}

ASIO_FS_DECL bool content_copier::copy_directly(int in, int out, std::uint64_t size, content_result& result)
{
    if (!direct_)
        direct_ = std::make_unique<direct_copier>(queue_depth_, buffer_size_);
    return direct_->copy(in, out, size, stopping_, *moved_, result);
}

ASIO_FS_DECL void content_copier::copy_range(int in, int out, copy_ladder& ladder, content_result& result)
{
    std::string_view call;
    bool first = true;
    while (ladder.next() == copy_ladder::state::copying)
    {
        if (!std::exchange(first, false) && stopping_())
        {
            result.error = errno_code(ECANCELED);
            return;
        }
        const std::uint64_t before = ladder.offset();
        take_step(in, out, ladder, call);
        const std::uint64_t moved = ladder.offset() - before;
        result.bytes_copied += moved;
        (*moved_)(moved);
    }
    result.ended_early = ladder.next() == copy_ladder::state::ended_early;
    if (ladder.next() == copy_ladder::state::broken)
    {
        result.error = errno_code(ladder.error());
        result.step = call;
    }
}

ASIO_FS_DECL void content_copier::copy_sparse(int in, int out, std::uint64_t size, copy_step first,
                                              content_result& result)
{
    std::uint64_t written = 0;
    for (std::uint64_t at = 0; at < size;)
    {
        if (stopping_())
        {
            result.error = errno_code(ECANCELED);
            return;
        }
        const off_t data = ::lseek(in, static_cast<off_t>(at), SEEK_DATA);
        if (data < 0 && errno == ENXIO)
            break; // nothing but a hole up to the end
        const off_t hole = data < 0 ? data : ::lseek(in, data, SEEK_HOLE);
        // A file system without the calls has no holes to show.
        const std::uint64_t begin = hole < 0 ? at : static_cast<std::uint64_t>(data);
        const std::uint64_t end = hole < 0 ? size : std::min(size, static_cast<std::uint64_t>(hole));
        if (begin >= size)
            break;
        result.bytes_in_holes += begin - at;
        copy_ladder ladder(first, begin, end);
        copy_range(in, out, ladder, result);
        if (result.error || result.ended_early)
            return;
        first = ladder.step();
        at = written = end;
    }
    if (written == size)
        return;
    result.bytes_in_holes += size - written;
    if (::ftruncate(out, static_cast<off_t>(size)) != 0)
    {
        result.error = last_error();
        result.step = "ftruncate";
    }
}

ASIO_FS_DECL void content_copier::take_step(int in, int out, copy_ladder& ladder, std::string_view& call)
{
    switch (ladder.step())
    {
    case copy_step::clone: // applies to whole files only
        ladder.failed(EINVAL);
        break;
    case copy_step::copy_range:
    {
        call = "copy_file_range";
        off64_t from = static_cast<off64_t>(ladder.offset());
        off64_t to = from;
        const auto length = static_cast<std::size_t>(std::min(ladder.remaining(), piece_));
        const ssize_t n = ::copy_file_range(in, &from, out, &to, length, 0);
        if (n < 0)
            ladder.failed(errno);
        else
            ladder.done(static_cast<std::uint64_t>(n));
        break;
    }
    case copy_step::splice:
        splice(in, out, ladder, call);
        break;
    case copy_step::read_write:
        buffered_step(in, out, ladder, buffer_.get(), buffer_size_, call);
        break;
    }
}

// Both ends are given by offset, so bytes that got into the pipe and no farther are read again from the
// source.
ASIO_FS_DECL void content_copier::splice(int in, int out, copy_ladder& ladder, std::string_view& call)
{
    call = "splice";
    if (!open_pipe())
        return ladder.failed(EINVAL);
    off64_t from = static_cast<off64_t>(ladder.offset());
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(ladder.remaining(), pipe_size_));
    const ssize_t n = ::splice(in, &from, pipe_in_.get(), nullptr, length, SPLICE_F_MOVE);
    if (n <= 0)
        return n < 0 ? ladder.failed(errno) : ladder.done(0);
    for (ssize_t at = 0; at < n;)
    {
        off64_t to = static_cast<off64_t>(ladder.offset());
        const ssize_t m =
            ::splice(pipe_out_.get(), nullptr, out, &to, static_cast<std::size_t>(n - at), SPLICE_F_MOVE);
        if (m < 0 && errno == EINTR)
            continue;
        if (m <= 0)
        {
            ladder.failed(m < 0 ? errno : EINVAL);
            pipe_in_.reset();
            pipe_out_.reset();
            return;
        }
        at += m;
        ladder.done(static_cast<std::uint64_t>(m));
    }
}

ASIO_FS_DECL bool content_copier::open_pipe()
{
    if (pipe_in_)
        return true;
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pipe_out_.reset(ends[0]);
    pipe_in_.reset(ends[1]);
    // The system may allow less. Measured: with more, file systems take larger pieces of memory at once, which gains
    // up to 8 % at best; but where a host has taken free memory back from its virtual machine, it is the large
    // pieces that have to come from there, and the copy takes two to five times as long.
    int size = ::fcntl(ends[1], F_SETPIPE_SZ, 128 * 1024);
    if (size < 0)
        size = ::fcntl(ends[1], F_GETPIPE_SZ);
    pipe_size_ = size > 0 ? static_cast<std::size_t>(size) : 65536;
    return true;
}

} // namespace asio_fs::detail

#endif
