// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_GET_ENGINE_HPP
#define ASIO_FS_DETAIL_GET_ENGINE_HPP

#include <asio_fs/detail/engine.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/strand.hpp>

#include <type_traits>

namespace asio_fs::detail {

// The io_context behind an executor, where the types tell. The engine's turns run there directly rather than
// through a strand, which a long handler would block for everyone else.
template <class Executor>
asio::io_context* io_context_of(const Executor& ex) noexcept
{
    if constexpr (std::is_base_of_v<asio::io_context::executor_type, Executor>)
        return &ex.context();
    else if constexpr (requires { ex.get_inner_executor(); })
        return io_context_of(ex.get_inner_executor());
    else if constexpr (std::is_base_of_v<asio::any_io_executor, Executor>)
    {
        const asio::any_io_executor& any = ex;
        if (auto* plain = any.target<asio::io_context::executor_type>())
            return &plain->context();
        if (auto* s = any.target<asio::strand<asio::io_context::executor_type>>())
            return io_context_of(*s);
        if (auto* s = any.target<asio::strand<asio::any_io_executor>>())
            return io_context_of(*s);
        return nullptr;
    }
    else
        return nullptr;
}

// An executor that belongs to an execution context, as io_context's does: there the engine is.
template <class T>
concept io_executor = requires(const T& ex) { asio::query(ex, asio::execution::context); };

// The engine of the executor's context, made at first use.
template <io_executor Executor>
engine& get_engine(const Executor& ex)
{
    asio::execution_context& context = asio::query(ex, asio::execution::context);
    engine& e = asio::use_service<engine>(context);
    if (asio::io_context* const loop = io_context_of(ex))
        e.attach(*loop);
    else
        e.attach(asio::any_io_executor(ex));
    return e;
}

} // namespace asio_fs::detail

#endif
