// SPDX-License-Identifier: BSL-1.0
//
// thread_per_core FILE...: checksums (CRC-32) of files on all CPUs. Each file stays with one loop: its coroutine,
// its descriptor and its buffer are used by one thread, and need no locks.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/crc.hpp>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::extended_file;

namespace {

asio::awaitable<std::uint32_t> checksum(std::string path)
{
    extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(path, extended_file::read_only, asio::use_awaitable);

    boost::crc_32_type crc;
    std::vector<char> buffer(256 * 1024);
    for (std::uint64_t offset = 0;;)
    {
        const auto [ec, size] = co_await file.async_read_some_at(
            offset, asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
        if (ec == asio::error::eof)
            co_return crc.checksum();
        if (ec)
            throw asio_fs::system_error(ec, "read");
        crc.process_bytes(buffer.data(), size); // the other loops go on meanwhile
        offset += size;
    }
}

} // namespace

int main(int argc, char** argv)
{
    asio_fs::context_pool pool; // a loop for each CPU
    std::atomic<int> status = 0;
    for (int i = 1; i < argc; ++i)
    {
        const std::string path = argv[i];
        const auto print = [&status, path](std::exception_ptr failure, std::uint32_t crc) {
            try
            {
                if (failure)
                    std::rethrow_exception(failure);
                std::printf("%08x %s\n", crc, path.c_str()); // one call, so that lines stay whole
            }
            catch (const std::exception& e)
            {
                std::fprintf(stderr, "%s: %s\n", path.c_str(), e.what());
                status = 1;
            }
        };
        asio::co_spawn(pool.get_executor(), checksum(path), print);
    }
    pool.join(); // when nothing is left to do
    return status;
}
