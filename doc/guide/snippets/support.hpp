// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_GUIDE_SNIPPETS_SUPPORT_HPP
#define ASIO_FS_GUIDE_SNIPPETS_SUPPORT_HPP

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace asio_fs::test {

// Runs a coroutine to its end.
template <class T>
T complete(boost::asio::awaitable<T> work, boost::asio::io_context& ctx)
{
    auto result = boost::asio::co_spawn(ctx, std::move(work), boost::asio::use_future);
    ctx.run();
    return result.get();
}

template <class T>
T complete(boost::asio::awaitable<T> work)
{
    boost::asio::io_context ctx;
    return complete(std::move(work), ctx);
}

inline std::string content(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

} // namespace asio_fs::test

#endif
