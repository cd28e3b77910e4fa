// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SPLICE_OPERATION_HPP
#define ASIO_FS_DETAIL_SPLICE_OPERATION_HPP

#include <asio_fs/detail/duplicate_fd.hpp>
#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/detail/run.hpp>
#include <asio_fs/op/poll.hpp>
#include <asio_fs/op/splice_to.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/compose.hpp>

#include <poll.h>

#include <cerrno>
#include <concepts>
#include <cstddef>
#include <utility>

namespace asio_fs::detail {

// What data can be moved to: files, and Asio's sockets, pipes and descriptors.
template <class T>
concept has_descriptor = requires(T& t) { { t.native_handle() } -> std::convertible_to<int>; };

// The destination is full: it can be waited for.
inline bool is_full(const error_code& ec) noexcept
{
    return ec == error_code(EAGAIN, boost::system::system_category());
}

// The synchronous form.
inline std::size_t splice_and_wait(const op::splice_to& piece, error_code& ec)
{
    for (;;)
    {
        const std::size_t bytes = run(piece, ec);
        if (!is_full(ec))
            return bytes;
        run(op::poll{piece.destination, POLLOUT}, ec);
        if (ec)
            return 0;
    }
}

inline std::size_t splice_and_wait(const op::splice_to& piece)
{
    error_code ec;
    const std::size_t bytes = splice_and_wait(piece, ec);
    if (ec)
        throw system_error(ec, describe(piece));
    return bytes;
}

// The asynchronous form: moves what the destination takes; when it takes nothing, waits until it does and
// tries again. The waiting is the ring's business and keeps no thread, however slow the other end is.
template <class Executor>
class splice_operation
{
public:
    splice_operation(initiation<Executor> start, int fd, file_offset offset, duplicate_fd destination,
        std::size_t size)
        : start_(std::move(start)),
          fd_(fd),
          offset_(offset),
          destination_(std::move(destination)),
          size_(size)
    {
    }

    template <class Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        cancellations_ = start_.file()->cancellations;
        // An error is a result like any other: it does not come from the function that starts the operation.
        if (const int error = destination_.error())
            async_run(start_, failure{error}, std::move(self));
        else
            move_piece(self);
    }

    // A piece has been moved, or not.
    template <class Self>
    void operator()(Self& self, error_code ec, std::size_t bytes)
    {
        if (!is_full(ec))
            self.complete(ec, bytes);
        else if (cancelled(self))
            self.complete(asio::error::operation_aborted, 0);
        else
            async_run(start_, op::poll{destination_.get(), POLLOUT}, std::move(self));
    }

    // The destination takes more, or the waiting was ended.
    template <class Self>
    void operator()(Self& self, error_code ec)
    {
        if (!ec && cancelled(self))
            ec = asio::error::operation_aborted;
        if (ec)
            self.complete(ec, 0);
        else
            move_piece(self);
    }

private:
    // Fails.
    struct failure
    {
        using result_type = std::size_t;
        static constexpr op::op_info info{"splice_to"};

        int error;

        int syscall() noexcept { return -error; }
        std::size_t result(int) noexcept { return 0; }
    };

    template <class Self>
    void move_piece(Self& self)
    {
        async_run(start_, op::splice_to{fd_, offset_, destination_.get(), size_}, std::move(self));
    }

    // Between two steps there is nothing that a cancellation could reach.
    template <class Self>
    bool cancelled(Self& self) const noexcept
    {
        return self.cancelled() != asio::cancellation_type::none
            || start_.file()->cancellations != cancellations_;
    }

    initiation<Executor> start_;
    int fd_;
    file_offset offset_;
    duplicate_fd destination_;
    std::size_t size_;
    unsigned cancellations_ = 0;
};

// Asio's sockets make themselves non-blocking with their first asynchronous operation. One that had none
// would keep a worker thread waiting for the other end.
template <class Destination>
void prepare_destination(Destination& d)
{
    if constexpr (requires(error_code& ec) { d.native_non_blocking(true, ec); })
    {
        error_code ignored;                  // a closed one is found out later
        if (!d.native_non_blocking())
            d.native_non_blocking(true, ignored);
    }
}

template <class Executor, class Destination, class Token>
auto async_splice(initiation<Executor> start, int fd, file_offset offset, Destination& destination,
    std::size_t size, Token&& token)
{
    prepare_destination(destination);
    const Executor ex = start.get_executor();
    splice_operation<Executor> operation(
        std::move(start), fd, offset, duplicate_fd(destination.native_handle()), size);
    return asio::async_compose<Token, void(error_code, std::size_t)>(std::move(operation), token, ex);
}

} // namespace asio_fs::detail

#endif
