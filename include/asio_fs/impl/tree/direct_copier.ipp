// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_DIRECT_COPIER_IPP
#define ASIO_FS_IMPL_TREE_DIRECT_COPIER_IPP

#include <asio_fs/detail/tree/direct_copier.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

namespace asio_fs::detail {

// Offsets, lengths and memory that are multiples of this are aligned for every device in use.
inline constexpr std::size_t direct_alignment = 4096;

inline constexpr std::size_t most_direct_memory = 64 * 1024 * 1024;

// Reads and writes of an open file go past the page cache as long as this lives, if the file system can do so.
class direct_mode
{
public:
    explicit direct_mode(int fd) noexcept : fd_(fd), flags_(::fcntl(fd, F_GETFL))
    {
        on_ = flags_ >= 0 && ::fcntl(fd, F_SETFL, flags_ | O_DIRECT) == 0;
    }
    direct_mode(const direct_mode&) = delete;
    direct_mode& operator=(const direct_mode&) = delete;
    ~direct_mode()
    {
        if (on_)
            ::fcntl(fd_, F_SETFL, flags_);
    }

    bool on() const noexcept { return on_; }

private:
    const int fd_;
    const int flags_;
    bool on_;
};

ASIO_FS_DECL direct_copier::direct_copier(unsigned depth, std::size_t piece)
    : depth_(static_cast<unsigned>(
          std::clamp<std::size_t>(depth, 1, std::min<std::size_t>(4096, most_direct_memory / piece)))),
      piece_(piece / direct_alignment * direct_alignment)
{}

ASIO_FS_DECL direct_copier::~direct_copier()
{
    if (has_ring_)
        ::io_uring_queue_exit(&ring_);
}

ASIO_FS_DECL bool direct_copier::prepare()
{
    if (has_ring_ || refused_)
        return has_ring_;
    refused_ = true;
    memory_.reset(static_cast<char*>(std::aligned_alloc(direct_alignment, depth_ * piece_)));
    if (!memory_)
        return false;
    slots_.resize(depth_);
    has_ring_ = ::io_uring_queue_init(depth_, &ring_, 0) == 0;
    if (!has_ring_)
        return false;
    // Not registered they work as well: there may be a limit on locked memory.
    const iovec all{memory_.get(), depth_ * piece_};
    registered_ = ::io_uring_register_buffers(&ring_, &all, 1) == 0;
    return true;
}

ASIO_FS_DECL bool direct_copier::copy(int in, int out, std::uint64_t size,
                                      const std::function<bool()>& stopping,
                                      const std::function<void(std::uint64_t)>& moved, content_result& result)
{
    if (!prepare())
        return false;
    const direct_mode from(in), to(out);
    if (!from.on() && !to.on())
        return false;
    if (!transfer(in, out, size, stopping, moved, result))
        return false;
    if (result.ended_early && !result.error)
    {
        // The file has become shorter; what was read behind its end may be written already. One after the other is
        // the only way to tell where it ends.
        result = {};
        if (::ftruncate(out, 0) == 0)
            return false;
        result.error = last_error();
        result.step = "ftruncate";
        return true;
    }
    // The last piece was written with what is behind its end in the buffer.
    if (!result.error && size % direct_alignment != 0 && ::ftruncate(out, static_cast<off_t>(size)) != 0)
    {
        result.error = last_error();
        result.step = "ftruncate";
    }
    return true;
}

ASIO_FS_DECL void direct_copier::submit(int fd, std::size_t index)
{
    slot& s = slots_[index];
    // Whole blocks, also at the end of the file.
    const std::size_t whole = (s.length + direct_alignment - 1) / direct_alignment * direct_alignment;
    io_uring_sqe* const sqe = ::io_uring_get_sqe(&ring_); // there is one for each slot
    char* const at = buffer(index) + s.done;
    const auto length = static_cast<unsigned>(whole - s.done);
    const std::uint64_t offset = s.offset + s.done;
    if (registered_ && s.writing)
        ::io_uring_prep_write_fixed(sqe, fd, at, length, offset, 0);
    else if (registered_)
        ::io_uring_prep_read_fixed(sqe, fd, at, length, offset, 0);
    else if (s.writing)
        ::io_uring_prep_write(sqe, fd, at, length, offset);
    else
        ::io_uring_prep_read(sqe, fd, at, length, offset);
    ::io_uring_sqe_set_data64(sqe, index);
}

// Returns false if O_DIRECT turns out not to work.
ASIO_FS_DECL bool direct_copier::transfer(int in, int out, std::uint64_t size,
                                          const std::function<bool()>& stopping,
                                          const std::function<void(std::uint64_t)>& moved,
                                          content_result& result)
{
    std::uint64_t next = 0;
    std::size_t in_flight = 0;
    bool unable = false;
    const auto fail = [&](int error, std::string_view step)
    {
        if (error == EINVAL && result.bytes_copied == 0)
            unable = true;
        else if (!result.error)
        {
            result.error = errno_code(error);
            result.step = step;
        }
    };
    const auto going_on = [&] { return !unable && !result.error && !result.ended_early; };
    const auto begin_piece = [&](std::size_t index)
    {
        if (!going_on() || next >= size)
            return;
        slot& s = slots_[index];
        s = {next, static_cast<std::size_t>(std::min<std::uint64_t>(piece_, size - next)), 0, false};
        next += s.length;
        submit(in, index);
        ++in_flight;
    };
    const auto go_on = [&](std::size_t index, int n)
    {
        slot& s = slots_[index];
        if (n == -EINTR || n == -EAGAIN)
            n = 0;
        else if (n < 0)
            return fail(-n, s.writing ? "write" : "read");
        else if (n == 0)
        {
            if (s.writing)
                return fail(ENOSPC, "write");
            result.ended_early = true;
            return;
        }
        s.done += static_cast<std::size_t>(n);
        if (s.done < s.length)
        {
            // Only the end of the file, or of the space, is not aligned.
            if (s.done % direct_alignment != 0)
            {
                if (s.writing)
                    return fail(ENOSPC, "write");
                result.ended_early = true;
                return;
            }
            submit(s.writing ? out : in, index);
            ++in_flight;
            return;
        }
        if (!s.writing)
        {
            std::memset(buffer(index) + s.length, 0,
                        (direct_alignment - s.length % direct_alignment) % direct_alignment);
            s.writing = true;
            s.done = 0;
            submit(out, index);
            ++in_flight;
            return;
        }
        result.bytes_copied += s.length;
        moved(s.length);
        if (stopping())
            fail(ECANCELED, {});
        begin_piece(index);
    };

    // The kernel writes to the buffers until every transfer is over, also when telling of one throws.
    std::exception_ptr thrown;
    const auto guarded = [&](auto&& step)
    {
        try
        {
            step();
        }
        catch (...)
        {
            thrown = std::current_exception();
            fail(ECANCELED, {});
        }
    };
    for (std::size_t index = 0; index != slots_.size(); ++index)
        begin_piece(index);
    while (in_flight != 0)
    {
        const int submitted = ::io_uring_submit_and_wait(&ring_, 1);
        if (submitted < 0 && submitted != -EINTR && submitted != -EAGAIN && submitted != -EBUSY)
            fail(-submitted, "io_uring_enter");
        io_uring_cqe* cqe;
        while (::io_uring_peek_cqe(&ring_, &cqe) == 0)
        {
            const auto index = static_cast<std::size_t>(::io_uring_cqe_get_data64(cqe));
            const int n = cqe->res;
            ::io_uring_cqe_seen(&ring_, cqe);
            --in_flight;
            if (going_on())
                guarded([&] { go_on(index, n); });
        }
    }
    if (thrown)
        std::rethrow_exception(thrown);
    return !unable;
}

} // namespace asio_fs::detail

#endif
