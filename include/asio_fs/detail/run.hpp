// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_RUN_HPP
#define ASIO_FS_DETAIL_RUN_HPP

#include <asio_fs/op/operation.hpp>

#include <boost/system/system_error.hpp>

#include <string>
#include <type_traits>

namespace asio_fs::detail {

// The synchronous forms of every operation: the system call on the calling thread.

template <op::operation Op>
int perform(Op& op) noexcept
{
    if (!op::valid(op))
        return -EINVAL;
    int result = op.syscall();
    while (result == -EINTR && op::restartable<Op>())
        result = op.syscall();
    return result;
}

// What an exception says: the operation, and the path where there is one.
template <op::operation Op>
std::string describe(const Op& op)
{
    std::string text = Op::info.name;
    if constexpr (requires { op.path.view(); })
        text.append(" \"").append(op.path.view()).append("\"");
    return text;
}

template <op::operation Op>
typename Op::result_type run(Op op, error_code& ec)
{
    const int result = perform(op);
    ec = op::error_of(op, result);
    if constexpr (requires { op.failed(); })
        return ec ? op.failed() : op.result(result);
    else if constexpr (!std::is_void_v<typename Op::result_type>)
        return ec ? typename Op::result_type{} : op.result(result);
}

template <op::operation Op>
typename Op::result_type run(Op op)
{
    const int result = perform(op);
    if (const error_code ec = op::error_of(op, result))
        throw system_error(ec, describe(op));
    if constexpr (!std::is_void_v<typename Op::result_type>)
        return op.result(result);
}

} // namespace asio_fs::detail

#endif
