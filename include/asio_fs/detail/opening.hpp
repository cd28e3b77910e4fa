// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_OPENING_HPP
#define ASIO_FS_DETAIL_OPENING_HPP

#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/unique_fd.hpp>

#include <boost/asio/associator.hpp>

#include <memory>
#include <new>
#include <utility>

namespace asio_fs::detail {

// What an I/O object and its asynchronous opens share, those that nobody has started yet included. It follows the
// object when that moves, and outlives it. The object is touched where opens are started and where their handlers
// run, as by any composed operation.
struct open_anchor
{
    // What there is to know of the object's type.
    struct functions
    {
        bool (*is_open)(const void* object) noexcept;
        void (*assign)(void* object, int fd, error_code& ec);
    };

    open_anchor(engine& e, void* owner, const functions& f) noexcept : service(e), object(owner), fn(&f) {}
    open_anchor(const open_anchor&) = delete;
    open_anchor& operator=(const open_anchor&) = delete;

    // Why an open cannot start now.
    error_code refusal() const noexcept
    {
        if (!object)
            return asio::error::operation_aborted;
        return fn->is_open(object) ? error_code(asio::error::already_open) : error_code();
    }

    // For an open that starts.
    const descriptor_ptr& start()
    {
        if (!pending || pending->closed)
            pending = new descriptor(-1, &service);
        return pending;
    }

    engine& service;
    descriptor_ptr pending;   // what the opens in flight were started on. Its number is -1: only for cancelling
    void* object;             // null once it is destroyed or assigned to
    const functions* fn;
};

// The object is closed, destroyed or assigned to: what is still opened for it is cancelled.
inline void abandon_opens(const descriptor_ptr& pending) noexcept
{
    if (pending && !pending->closed)
        pending->owner->close(*pending);
}

using open_anchor_ptr = std::shared_ptr<open_anchor>;

// An operation that opens something for an object that is open already, or gone: it is refused before it could
// create or truncate anything.
template <class Op>
struct open_for_object : Op
{
    open_for_object(Op&& op, bool refuse) : Op(std::move(op)), refused(refuse) {}

    bool valid() const noexcept { return !refused && Op::valid(); }

    bool refused;
};

// Gives the descriptor to the object, just before the user's handler runs.
template <class Handler>
class open_handler
{
public:
    open_handler(Handler&& handler, open_anchor_ptr anchor, descriptor_ptr pending, const error_code& refusal)
        : handler_(std::move(handler)),
          anchor_(std::move(anchor)),
          pending_(std::move(pending)),
          refusal_(refusal)
    {
    }

    void operator()(error_code ec, unique_fd fd)
    {
        if (refusal_)
            ec = refusal_;
        else if (!ec)
            assign(fd, ec);
        fd.reset();
        anchor_.reset();
        pending_.reset();
        std::move(handler_)(ec);
    }

    const Handler& handler() const noexcept { return handler_; }

private:
    void assign(unique_fd& fd, error_code& ec) const
    {
        if (pending_->closed)
        {
            ec = asio::error::operation_aborted;
            return;
        }
        try
        {
            anchor_->fn->assign(anchor_->object, fd.get(), ec);
            if (!ec)
                fd.release();
        }
        catch (const std::bad_alloc&)
        {
            ec = error_code(ENOMEM, boost::system::system_category());
        }
    }

    Handler handler_;
    open_anchor_ptr anchor_;
    descriptor_ptr pending_;
    error_code refusal_;
};

} // namespace asio_fs::detail

// All associations are those of the user's handler.
template <template <class, class> class Associator, class Handler, class DefaultCandidate>
struct boost::asio::associator<Associator, asio_fs::detail::open_handler<Handler>, DefaultCandidate>
    : Associator<Handler, DefaultCandidate>
{
    static auto get(const asio_fs::detail::open_handler<Handler>& h) noexcept
    {
        return Associator<Handler, DefaultCandidate>::get(h.handler());
    }

    static auto get(const asio_fs::detail::open_handler<Handler>& h, const DefaultCandidate& c) noexcept
    {
        return Associator<Handler, DefaultCandidate>::get(h.handler(), c);
    }
};

#endif
