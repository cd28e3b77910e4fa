// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TAKE_RESULT_HPP
#define ASIO_FS_DETAIL_TAKE_RESULT_HPP

#include <asio_fs/op/operation.hpp>

#include <type_traits>

namespace asio_fs::detail {

// A finisher turns an operation and its result into the value that the handler gets. It has
//   result_type                        void, or the type of the value
//   result_type operator()(Op&, int)   unless void; the result is >= 0 and no error
//   result_type none()                 unless void; the value beside an error
// This one takes the operation's result as it is.
template <op::operation Op>
struct take_result
{
    using result_type = typename Op::result_type;

    result_type operator()(Op& op, int result) const
    {
        if constexpr (!std::is_void_v<result_type>)
            return op.result(result);
    }

    result_type none() const
    {
        if constexpr (!std::is_void_v<result_type>)
            return result_type{};
    }
};

} // namespace asio_fs::detail

#endif
