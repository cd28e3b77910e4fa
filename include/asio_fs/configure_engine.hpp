// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CONFIGURE_ENGINE_HPP
#define ASIO_FS_CONFIGURE_ENGINE_HPP

#include <asio_fs/detail/engine.hpp>
#include <asio_fs/engine_options.hpp>

#include <boost/asio/execution_context.hpp>

namespace asio_fs {

/// Sets how file-system operations run on an io_context. Call it before the first I/O object is made on it.
/**
 * @param context the io_context, or another execution context
 * @param options see engine_options
 * @throws boost::asio::service_already_exists when the context's engine is there already
 */
inline void configure_engine(asio::execution_context& context, const engine_options& options)
{
    asio::make_service<detail::engine>(context, options);
}

} // namespace asio_fs

#endif
