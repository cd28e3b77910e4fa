// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_AS_RESULT_HPP
#define ASIO_FS_AS_RESULT_HPP

#include <asio_fs/error.hpp>

#include <boost/asio/associator.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/outcome/boost_result.hpp>

#include <tuple>
#include <type_traits>
#include <utility>

namespace asio_fs {

/// What an operation with the as_result adapter yields: the value, or the error.
template <class T = void>
using result = boost::outcome_v2::boost_result<T>;

/// A completion token adapter: `result<T>` in place of `(error_code, T)`.
/**
 * An operation that completes with `void(error_code, T)` completes with `void(result<T>)`, one with `void(error_code)` with
 * `void(result<>)`, and one with several values with a result that holds a tuple. The value beside an error is
 * dropped. Executor, allocator, cancellation slot and every other association of the adapted handler are kept.
 *
 * <!-- snippet reference.cpp as_result -->
 * @code
 * asio_fs::result<asio_fs::file_status> status =
 *     co_await file.async_statx(asio_fs::as_result(asio::use_awaitable));
 * @endcode
 *
 * It can be the default token of an object, as Asio's own adapters can:
 *
 * <!-- snippet reference.cpp as_result_by_default -->
 * @code
 * using file_type = asio_fs::as_result_t<asio::use_awaitable_t<>>::as_default_on_t<asio_fs::extended_file>;
 *
 * file_type file(co_await asio::this_coro::executor, path, file_type::read_only);
 * asio_fs::result<asio_fs::file_status> status = co_await file.async_statx();
 * @endcode
 *
 * @tparam Token the token that is adapted
 */
template <class Token>
class as_result_t
{
public:
    /// Adapts a token of its own, as a default token must be able to.
    constexpr as_result_t()
        requires std::is_default_constructible_v<Token>
        : token_()
    {
    }

    /// Adapts a token.
    template <class T>
        requires(!std::is_same_v<std::remove_cvref_t<T>, as_result_t>)
    constexpr explicit as_result_t(T&& token) : token_(std::forward<T>(token))
    {
    }

    /// An executor whose I/O objects have this adapter as their default completion token.
    template <class InnerExecutor>
    struct executor_with_default : InnerExecutor
    {
        /// The adapter.
        using default_completion_token_type = as_result_t;

        /// Takes the place of an executor.
        template <class InnerExecutor1>
            requires(!std::is_same_v<InnerExecutor1, executor_with_default>
                     && std::is_convertible_v<InnerExecutor1, InnerExecutor>)
        executor_with_default(const InnerExecutor1& ex) noexcept : InnerExecutor(ex)
        {
        }
    };

    /// The type of an I/O object that has this adapter as its default completion token.
    template <class T>
    using as_default_on_t =
        typename T::template rebind_executor<executor_with_default<typename T::executor_type>>::other;

    /// Makes of an I/O object one that has this adapter as its default completion token.
    /**
     * @param object is moved from, or copied if it can be
     */
    template <class T>
    static as_default_on_t<std::decay_t<T>> as_default_on(T&& object)
    {
        return as_default_on_t<std::decay_t<T>>(std::forward<T>(object));
    }

    /// The adapted token.
    Token token_;
};

/// Makes an operation complete with a `result`. See as_result_t.
template <class Token>
constexpr as_result_t<std::decay_t<Token>> as_result(Token&& token)
{
    return as_result_t<std::decay_t<Token>>(std::forward<Token>(token));
}

namespace detail {

template <class... T>
struct result_of_values
{
    using type = result<std::tuple<T...>>;

    template <class... U>
    static type make(const error_code& ec, U&&... values)
    {
        if (ec)
            return ec;
        return std::tuple<T...>(std::forward<U>(values)...);
    }
};

template <class T>
struct result_of_values<T>
{
    using type = result<T>;

    template <class U>
    static type make(const error_code& ec, U&& value)
    {
        if (ec)
            return ec;
        return type(boost::outcome_v2::in_place_type<T>, std::forward<U>(value));
    }
};

template <>
struct result_of_values<>
{
    using type = result<>;

    static type make(const error_code& ec)
    {
        if (ec)
            return ec;
        return boost::outcome_v2::success();
    }
};

template <class Handler, class... T>
class as_result_handler
{
public:
    template <class H>
    explicit as_result_handler(H&& handler) : handler_(std::forward<H>(handler))
    {
    }

    template <class... U>
    void operator()(const error_code& ec, U&&... values)
    {
        std::move(handler_)(result_of_values<T...>::make(ec, std::forward<U>(values)...));
    }

    const Handler& handler() const noexcept { return handler_; }

private:
    Handler handler_;
};

// What adapters of older Boosts ask of the token they adapt; newer tokens do not all have it.
template <class AsyncResult>
struct return_type_of
{
};

template <class AsyncResult>
    requires requires { typename AsyncResult::return_type; }
struct return_type_of<AsyncResult>
{
    using return_type = typename AsyncResult::return_type;
};

// The adapted token, const if the adapter is.
template <class Adapter, class Token>
using adapted_token_t =
    std::conditional_t<std::is_const_v<std::remove_reference_t<Adapter>>, const Token, Token>;

// Wraps the initiation of an operation, and is an initiation itself: it has the same executor.
template <class Initiation, class... T>
struct as_result_initiation : Initiation
{
    explicit as_result_initiation(Initiation&& start) : Initiation(std::move(start)) {}

    template <class Handler, class... Args>
    void operator()(Handler&& handler, Args&&... args) &&
    {
        static_cast<Initiation&&> (*this)(
            as_result_handler<std::decay_t<Handler>, T...>(std::forward<Handler>(handler)),
            std::forward<Args>(args)...);
    }

    template <class Handler, class... Args>
    void operator()(Handler&& handler, Args&&... args) const&
    {
        static_cast<const Initiation&> (*this)(
            as_result_handler<std::decay_t<Handler>, T...>(std::forward<Handler>(handler)),
            std::forward<Args>(args)...);
    }
};

} // namespace detail
} // namespace asio_fs

namespace boost::asio {

template <class Token, class... T>
class async_result<asio_fs::as_result_t<Token>, void(boost::system::error_code, T...)>
    : public asio_fs::detail::return_type_of<
          async_result<Token, void(typename asio_fs::detail::result_of_values<std::decay_t<T>...>::type)>>
{
    using signature = void(typename asio_fs::detail::result_of_values<std::decay_t<T>...>::type);

public:
    template <class Initiation, class RawToken, class... Args>
    static auto initiate(Initiation&& initiation, RawToken&& token, Args&&... args)
        -> decltype(async_initiate<asio_fs::detail::adapted_token_t<RawToken, Token>, signature>(
            std::declval<asio_fs::detail::as_result_initiation<std::decay_t<Initiation>, std::decay_t<T>...>>(),
            token.token_, std::forward<Args>(args)...))
    {
        return async_initiate<asio_fs::detail::adapted_token_t<RawToken, Token>, signature>(
            asio_fs::detail::as_result_initiation<std::decay_t<Initiation>, std::decay_t<T>...>(
                std::decay_t<Initiation>(std::forward<Initiation>(initiation))),
            token.token_, std::forward<Args>(args)...);
    }
};

template <template <class, class> class Associator, class Handler, class... T, class DefaultCandidate>
struct associator<Associator, asio_fs::detail::as_result_handler<Handler, T...>, DefaultCandidate>
    : Associator<Handler, DefaultCandidate>
{
    static auto get(const asio_fs::detail::as_result_handler<Handler, T...>& h) noexcept
    {
        return Associator<Handler, DefaultCandidate>::get(h.handler());
    }

    static auto get(
        const asio_fs::detail::as_result_handler<Handler, T...>& h, const DefaultCandidate& candidate) noexcept
    {
        return Associator<Handler, DefaultCandidate>::get(h.handler(), candidate);
    }
};

} // namespace boost::asio

#endif
