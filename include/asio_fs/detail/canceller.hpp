// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_CANCELLER_HPP
#define ASIO_FS_DETAIL_CANCELLER_HPP

#include <asio_fs/detail/async_op.hpp>

#include <boost/asio/cancellation_type.hpp>

#include <atomic>

namespace asio_fs::detail {

class engine;

// What sits in a handler's cancellation slot. It and the operation know each other; whichever goes first tells
// the other under the engine's mutex, so a signal emitted too late, or a slot used again, reaches nothing.
class canceller
{
public:
    canceller(engine& e, async_op& target) noexcept : op(&target), engine_(e) { target.slot = this; }
    canceller(const canceller&) = delete;
    canceller& operator=(const canceller&) = delete;

    inline ~canceller();
    inline void operator()(asio::cancellation_type type);

    std::atomic<async_op*> op;   // null once the operation is over

private:
    engine& engine_;
};

} // namespace asio_fs::detail

// The engine's own definitions need the class above.
#include <asio_fs/detail/engine.hpp>

namespace asio_fs::detail {

canceller::~canceller()
{
    if (op.load(std::memory_order_acquire))
        engine_.disarm(*this);
}

void canceller::operator()(asio::cancellation_type type)
{
    using asio::cancellation_type;
    const cancellation_type any =
        cancellation_type::terminal | cancellation_type::partial | cancellation_type::total;
    if ((type & any) != cancellation_type::none && op.load(std::memory_order_acquire))
        engine_.cancel(*this);
}

} // namespace asio_fs::detail

#endif
