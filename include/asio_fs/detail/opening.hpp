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

// What an I/O object and the asynchronous opens in flight for it share. It follows the object when that
// moves, and outlives it. The object is touched where the handlers run, as by any composed operation.
struct open_anchor
{
    open_anchor(engine& e, void* owner, void (*assign_to)(void*, int, error_code&))
        : service(e), pending(new descriptor(-1, &e)), object(owner), assign(assign_to)
    {
    }
    open_anchor(const open_anchor&) = delete;
    open_anchor& operator=(const open_anchor&) = delete;

    // The object is closed, destroyed or assigned to: what is still opened for it is cancelled.
    void abandon() noexcept
    {
        object = nullptr;
        service.close(*pending);
    }

    engine& service;
    descriptor_ptr pending;                          // its number is -1: only for cancelling
    void* object;                                    // null once nobody waits for the descriptor any more
    void (*assign)(void* object, int fd, error_code& ec);
};

using open_anchor_ptr = std::shared_ptr<open_anchor>;

// An operation that opens something for an object that is open already: it is refused before it could create
// or truncate anything.
template <class Op>
struct open_for_object : Op
{
    open_for_object(Op&& op, bool object_is_open) : Op(std::move(op)), refused(object_is_open) {}

    bool valid() const noexcept { return !refused && Op::valid(); }

    bool refused;
};

// Gives the descriptor to the object, just before the user's handler runs.
template <class Handler>
class open_handler
{
public:
    open_handler(Handler&& handler, open_anchor_ptr anchor, bool refused)
        : handler_(std::move(handler)), anchor_(std::move(anchor)), refused_(refused)
    {
    }

    void operator()(error_code ec, unique_fd fd)
    {
        if (refused_)
            ec = asio::error::already_open;
        else if (!ec)
            assign(fd, ec);
        fd.reset();
        anchor_.reset();
        std::move(handler_)(ec);
    }

    const Handler& handler() const noexcept { return handler_; }

private:
    void assign(unique_fd& fd, error_code& ec) const
    {
        if (!anchor_->object)
        {
            ec = asio::error::operation_aborted;
            return;
        }
        try
        {
            anchor_->assign(anchor_->object, fd.get(), ec);
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
    bool refused_;
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
