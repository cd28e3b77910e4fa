// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_EXECUTOR_OF_HPP
#define ASIO_FS_DETAIL_EXECUTOR_OF_HPP

#include <asio_fs/config.hpp>

#include <boost/asio/execution/executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/is_executor.hpp>

#include <type_traits>

namespace asio_fs::detail {

// What a free function takes to know where to run: an executor, or an execution context that has one.
template <class T>
concept executor_like = asio::execution::is_executor<T>::value || asio::is_executor<T>::value;

template <class T>
concept context_like = std::is_convertible_v<T&, asio::execution_context&> && !executor_like<T>;

template <executor_like T>
const T& executor_of(const T& ex) noexcept
{
    return ex;
}

template <context_like T>
typename T::executor_type executor_of(T& context) noexcept
{
    return context.get_executor();
}

template <class T>
using executor_of_t = std::decay_t<decltype(detail::executor_of(std::declval<T&>()))>;

template <class T>
concept place_to_run = executor_like<std::remove_cvref_t<T>> || context_like<std::remove_cvref_t<T>>;

} // namespace asio_fs::detail

#endif
