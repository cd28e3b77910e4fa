// SPDX-License-Identifier: BSL-1.0

// Operations of every sort that hang in a file system, and are cancelled there.

#include "support/engines.hpp"
#include "support/fuse_server.hpp"
#include "support/loop.hpp"
#include "support/needs_fuse.hpp"

#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <array>
#include <ostream>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;
using request = fuse_server::request;

namespace hung_operations_test {

struct store
{
    using cancellation_slot_type = asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept { return slot; }

    template <class... T>
    void operator()(error_code e, T&&...) const
    {
        *ec = e;
    }

    asio::cancellation_slot slot;
    error_code* ec;
};

struct objects
{
    extended_file& file;
    extended_dir& dir;
    std::array<char, 4096> bytes{};
    file_times times{.mtime = {1, 2}};
};

// An operation, and the request of the kernel's that is held back.
struct hanging
{
    const char* name;
    request held;
    void (*start)(objects& o, store h);
};

std::ostream& operator<<(std::ostream& out, const hanging& h) { return out << h.name; }

const auto operations = boost::unit_test::data::make(std::vector<hanging>{
    {"read_some_at", request::read,
        [](objects& o, store h) { o.file.async_read_some_at(0, asio::buffer(o.bytes), h); }},
    {"write_some_at", request::write,
        [](objects& o, store h) { o.file.async_write_some_at(0, asio::buffer(o.bytes), h); }},
    {"fsync", request::fsync, [](objects& o, store h) { o.file.async_fsync(h); }},
    {"fdatasync", request::fsync, [](objects& o, store h) { o.file.async_fdatasync(h); }},
    {"openat", request::open,
        [](objects& o, store h) { o.dir.async_openat("other", file_base::read_only, h); }},
    {"openat(resolve)", request::lookup,
        [](objects& o, store h) {
            o.dir.async_openat("other", file_base::read_only, 0, resolve_flags::beneath, h);
        }},
    {"statx(path)", request::lookup, [](objects& o, store h) { o.dir.async_statx("other", h); }},
    {"mkdirat", request::lookup, [](objects& o, store h) { o.dir.async_mkdirat("new", h); }},
    {"unlinkat", request::lookup, [](objects& o, store h) { o.dir.async_unlinkat("other", h); }},
    {"renameat", request::lookup,
        [](objects& o, store h) { o.dir.async_renameat("other", o.dir, "new", h); }},
    {"linkat", request::lookup, [](objects& o, store h) { o.dir.async_linkat("other", o.dir, "new", h); }},
    {"symlinkat", request::lookup, [](objects& o, store h) { o.dir.async_symlinkat("other", "new", h); }},
    {"readlinkat", request::lookup, [](objects& o, store h) { o.dir.async_readlinkat("other", h); }},
    {"mkfifoat", request::lookup, [](objects& o, store h) { o.dir.async_mkfifoat("new", h); }},
    {"fchmodat", request::lookup, [](objects& o, store h) { o.dir.async_fchmodat("other", 0600, h); }},
    {"utimensat", request::lookup, [](objects& o, store h) { o.dir.async_utimensat("other", o.times, h); }},
    {"getxattr", request::lookup,
        [](objects& o, store h) { o.dir.async_getxattr("other", "user.a", asio::buffer(o.bytes), h); }},
});

} // namespace hung_operations_test

using namespace hung_operations_test;

BOOST_AUTO_TEST_SUITE(engine_hung_operations, *boost::unit_test::precondition(needs_fuse()))

BOOST_DATA_TEST_CASE(are_interrupted, engines* operations, engine, operation)
{
    fuse_server server;
    context ctx(engine);
    extended_dir dir(ctx, server.path(""));
    extended_file file(ctx, server.path("data"), file_base::read_write);
    objects o{file, dir};
    asio::cancellation_signal signal;
    error_code result = asio::error::would_block;
    server.hold(operation.held);
    operation.start(o, store{signal.slot(), &result});
    BOOST_TEST(run_until(ctx, [&] { return server.held(operation.held) == 1; }));
    BOOST_TEST(result == asio::error::would_block);
    signal.emit(asio::cancellation_type::total);
    BOOST_TEST(run_until(ctx, [&] { return result != asio::error::would_block; }));
    BOOST_TEST(result == asio::error::operation_aborted, result.message());
    server.release();
}

BOOST_AUTO_TEST_SUITE_END()
