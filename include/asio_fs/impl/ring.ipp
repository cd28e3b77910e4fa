// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_RING_IPP
#define ASIO_FS_IMPL_RING_IPP

#include <asio_fs/detail/ring.hpp>

#include <cerrno>
#include <cstring>

namespace asio_fs::detail {

int ring::open(const engine_options& options) noexcept
{
    io_uring_params params{};
    params.flags = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP;
    params.cq_entries = options.ring_entries * 8;
    if (const int r = io_uring_queue_init_params(options.ring_entries, &ring_, &params); r < 0)
        return -r;
    open_ = true;
    capacity_ = params.cq_entries;

    if (io_uring_probe* probe = io_uring_get_probe_ring(&ring_))
    {
        for (unsigned i = 0; i != probe->ops_len; ++i)
            if (probe->ops[i].flags & IO_URING_OP_SUPPORTED)
                opcodes_.set(probe->ops[i].op);
        io_uring_free_probe(probe);
    }

    // Kernels before 5.15 refuse, and keep their default: nothing to report.
    unsigned workers[2] = {options.ring_workers, 0};
    io_uring_register_iowq_max_workers(&ring_, workers);
    return 0;
}

void ring::close() noexcept
{
    if (open_)
        io_uring_queue_exit(&ring_);
    open_ = false;
    has_slots_ = false;
    slots_.reset();
}

int ring::register_buffer(const iovec& range) noexcept
{
    if (!has_slots_)
    {
        if (const int r = io_uring_register_buffers_sparse(&ring_, static_cast<unsigned>(slots_.size())); r < 0)
            return r;
        has_slots_ = true;
    }
    std::size_t slot = 0;
    while (slot != slots_.size() && slots_.test(slot))
        ++slot;
    if (slot == slots_.size())
        return -ENFILE;
    if (const int r = io_uring_register_buffers_update_tag(&ring_, static_cast<unsigned>(slot), &range, nullptr, 1); r < 0)
        return r;
    slots_.set(slot);
    return static_cast<int>(slot);
}

void ring::unregister_buffer(int slot) noexcept
{
    // What the kernel is transferring keeps the pages to the end.
    const iovec none{};
    io_uring_register_buffers_update_tag(&ring_, static_cast<unsigned>(slot), &none, nullptr, 1);
    slots_.reset(static_cast<std::size_t>(slot));
}

io_uring_sqe* ring::next_sqe() noexcept
{
    // liburing leaves what was in the entry, and a stray field of an earlier operation gives EINVAL.
    io_uring_sqe* sqe = io_uring_get_sqe(&ring_);
    std::memset(sqe, 0, sizeof(*sqe));
    return sqe;
}

void ring::submit() noexcept
{
    // The kernel stops at an entry that it finds invalid, after having completed it with an error: go on behind it.
    while (io_uring_sq_ready(&ring_) != 0)
    {
        const int n = io_uring_submit(&ring_);
        if (n == -EINTR)
            continue;
        if (n <= 0)
            return;
    }
}

void ring::wait(std::chrono::milliseconds timeout) noexcept
{
    __kernel_timespec ts{};
    ts.tv_sec = timeout.count() / 1000;
    ts.tv_nsec = (timeout.count() % 1000) * 1000000;
    io_uring_cqe* cqe = nullptr;
    io_uring_wait_cqe_timeout(&ring_, &cqe, &ts);
}

} // namespace asio_fs::detail

#endif
