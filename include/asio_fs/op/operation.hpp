// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_OPERATION_HPP
#define ASIO_FS_OP_OPERATION_HPP

#include <asio_fs/error.hpp>
#include <asio_fs/op/op_info.hpp>

#include <liburing.h>

#include <concepts>
#include <type_traits>

namespace asio_fs::op {

// What every operation has. Beyond this it may have
//   void prepare(io_uring_sqe&) noexcept       with an opcode: fill the (zeroed) submission entry
//   void prepare_registered(io_uring_sqe&, int slot) noexcept
//                                              with `buffers`: the same where the ring knows their memory
//   int attempt() noexcept                     do it without waiting for anything, or -EAGAIN
//   result_type result(int) noexcept           unless result_type is void: what a result >= 0 means
//   error_code check(int) const noexcept       a result >= 0 that is an error to the user, as end of file is
//   result_type failed() noexcept              what the user gets beside an error, instead of an empty result
//   void discard(int) noexcept                 a result >= 0 that nobody takes and that owns something
//   void abandon() noexcept                    the operation will never run; it owned something all the same
//   void interrupt() noexcept                  from another thread: finish early, the user has cancelled
//   bool valid() const noexcept                arguments that no kernel could take give EINVAL without a call
//   int& other_fd() noexcept                   the descriptor of a second object
//   static constexpr bool transfers_data       present: reads or writes, which the kernel may try when submitted
//   static constexpr bool waits_for_others     present: may wait until another operation of the program ends it
//   static constexpr bool restartable = false  an interrupted attempt must not be run again
template <class T>
concept operation = requires(T& t) {
    typename T::result_type;
    { T::info } -> std::convertible_to<op_info>;
    { t.syscall() } noexcept -> std::same_as<int>;
};

template <class T>
concept ring_operation = operation<T> && (T::info.opcode != no_opcode)
    && requires(T& t, io_uring_sqe& s) { { t.prepare(s) } noexcept; };

template <operation Op>
constexpr bool restartable() noexcept
{
    if constexpr (requires { Op::restartable; })
        return Op::restartable;
    else
        return true;
}

template <operation Op>
bool valid(const Op& op) noexcept
{
    if constexpr (requires { { op.valid() } -> std::same_as<bool>; })
        return op.valid();
    else
        return true;
}

// The error of a finished operation, end of file and the like included.
template <operation Op>
error_code error_of(const Op& op, int result) noexcept
{
    if constexpr (requires { { op.check(result) } -> std::same_as<error_code>; })
    {
        if (result >= 0)
            return op.check(result);
    }
    return detail::to_error(result);
}

} // namespace asio_fs::op

#endif
