// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_RING_HPP
#define ASIO_FS_DETAIL_RING_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/engine_options.hpp>

#include <liburing.h>

#include <bitset>

namespace asio_fs::detail {

// An io_uring instance and what the kernel says it can do. Not synchronised: its owner locks.
class ring
{
public:
    ring() = default;
    ring(const ring&) = delete;
    ring& operator=(const ring&) = delete;
    ~ring() { close(); }

    // 0, or the errno by which the kernel refused.
    ASIO_FS_DECL int open(const engine_options& options) noexcept;

    ASIO_FS_DECL void close() noexcept;

    // Makes memory known to the kernel under a number, The number, or -errno.
    ASIO_FS_DECL int register_buffer(const iovec& range) noexcept;
    ASIO_FS_DECL void unregister_buffer(int slot) noexcept;

    bool is_open() const noexcept { return open_; }
    int native_handle() const noexcept { return ring_.ring_fd; }
    unsigned capacity() const noexcept { return capacity_; }

    bool supports(int opcode) const noexcept
    {
        return opcode >= 0 && static_cast<std::size_t>(opcode) < opcodes_.size()
            && opcodes_.test(static_cast<std::size_t>(opcode));
    }

    // Submission entries to be had.
    unsigned room() const noexcept { return io_uring_sq_space_left(&ring_); }

    // A zeroed submission entry; there must be room.
    ASIO_FS_DECL io_uring_sqe* next_sqe() noexcept;

    // Hands the queue to the kernel. Entries it does not take stay queued for the next call.
    ASIO_FS_DECL void submit() noexcept;

    bool has_unsubmitted() const noexcept { return io_uring_sq_ready(&ring_) != 0; }

    // Calls f(user_data, result) for every completion there is, until there are none.
    template <class F>
    void reap(F&& f)
    {
        io_uring_cqe* batch[64];
        for (;;)
        {
            const unsigned n = io_uring_peek_batch_cqe(&ring_, batch, 64);
            if (n == 0)
                return;
            for (unsigned i = 0; i != n; ++i)
                f(io_uring_cqe_get_data(batch[i]), batch[i]->res);
            io_uring_cq_advance(&ring_, n);
        }
    }

    // Waits until a completion is there or the time is over.
    ASIO_FS_DECL void wait(std::chrono::milliseconds timeout) noexcept;

private:
    mutable io_uring ring_{};
    std::bitset<256> opcodes_;
    std::bitset<64> slots_;        // of the table of registered buffers: those in use
    unsigned capacity_ = 0;
    bool open_ = false;
    bool has_slots_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/ring.ipp>
#endif

#endif
