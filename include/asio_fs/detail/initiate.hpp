// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_INITIATE_HPP
#define ASIO_FS_DETAIL_INITIATE_HPP

#include <asio_fs/detail/handler_op.hpp>

#include <boost/asio/async_result.hpp>

#include <utility>

namespace asio_fs::detail {

template <class T>
struct signature
{
    using type = void(error_code, T);
};

template <>
struct signature<void>
{
    using type = void(error_code);
};

// The completion signature of what yields a T.
template <class T>
using signature_t = typename signature<T>::type;

// Starts operations of an I/O object, or of an executor alone. What the object knows is copied, so a deferred
// operation outlives it.
template <class Executor>
class initiation
{
public:
    using executor_type = Executor;

    initiation(const Executor& ex, engine& e, descriptor_ptr file = {}, descriptor_ptr other = {}) noexcept
        : executor_(ex), engine_(&e), file_(std::move(file)), other_(std::move(other))
    {
    }

    const executor_type& get_executor() const noexcept { return executor_; }
    const descriptor_ptr& file() const noexcept { return file_; }

    template <class Handler, class Op, class Finish>
    void operator()(Handler&& handler, Op&& op, Finish&& finish) const
    {
        start_handler_op(*engine_, executor_, file_, other_, std::forward<Op>(op), std::forward<Finish>(finish),
            std::forward<Handler>(handler));
    }

private:
    Executor executor_;
    engine* engine_;
    descriptor_ptr file_;
    descriptor_ptr other_;
};

// The asynchronous form of every operation. Finish makes the value that the handler gets of the operation's own
// result.
template <class Executor, class Op, class Finish, class Token>
auto async_run(initiation<Executor> start, Op op, Finish finish, Token&& token)
{
    return asio::async_initiate<Token, signature_t<typename Finish::result_type>>(
        std::move(start), token, std::move(op), std::move(finish));
}

template <class Executor, class Op, class Token>
auto async_run(initiation<Executor> start, Op op, Token&& token)
{
    return async_run(std::move(start), std::move(op), take_result<Op>{}, std::forward<Token>(token));
}

} // namespace asio_fs::detail

#endif
