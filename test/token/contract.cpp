// SPDX-License-Identifier: BSL-1.0

// Every operation on objects that are not open.

#include "support/store.hpp"
#include "token/calls.hpp"

using namespace asio_fs;
using namespace asio_fs::test;

namespace contract_test {

const auto not_open = boost::unit_test::data::make({state::closed, state::moved_from});

} // namespace contract_test

namespace asio_fs::test {

std::ostream& operator<<(std::ostream& out, state s)
{
    constexpr const char* names[] = {"open", "closed", "moved from"};
    return out << names[static_cast<int>(s)];
}

} // namespace asio_fs::test

using namespace contract_test;

BOOST_AUTO_TEST_SUITE(token_contract)

BOOST_DATA_TEST_CASE(bad_descriptor, engines* not_open, engine, objects)
{
    fixture<> t(engine, objects);
    for_each_call_of(
        [&](const auto& c) {
            error_code ec;
            c.sync(t, ec);
            BOOST_TEST(ec == asio::error::bad_descriptor, ec.message());
            BOOST_CHECK_EXCEPTION(c.sync(t), system_error,
                [](const system_error& e) { return e.code() == asio::error::bad_descriptor; });
            error_code later = asio::error::would_block;
            c.async(t, store{&later});
            BOOST_TEST(later == asio::error::would_block);
            t.run();
            BOOST_TEST(later == asio::error::bad_descriptor, later.message());
        },
        file_calls, inode_calls, dir_calls, entry_calls);
}

// The second object alone.
BOOST_DATA_TEST_CASE(bad_descriptor_of_the_other_object, engines, engine)
{
    fixture<> t(engine);
    extended_file closed(t.ctx);
    extended_dir closed_dir(t.ctx);
    const auto expect = [&](auto sync, auto async) {
        error_code ec;
        sync(ec);
        BOOST_TEST(ec == asio::error::bad_descriptor, ec.message());
        error_code later = asio::error::would_block;
        async(store{&later});
        t.run();
        BOOST_TEST(later == asio::error::bad_descriptor, later.message());
    };
    expect([&](error_code& ec) { t.file.copy_file_range(closed, 0, 0, 1, ec); },
        [&](store h) { t.file.async_copy_file_range(closed, 0, 0, 1, h); });
    expect([&](error_code& ec) { t.file.clone(closed, ec); },
        [&](store h) { t.file.async_clone(closed, h); });
    expect([&](error_code& ec) { t.file.clone_range(closed, 0, 0, 0, ec); },
        [&](store h) { t.file.async_clone_range(closed, 0, 0, 0, h); });
    expect([&](error_code& ec) { t.file.splice_to(closed, 1, ec); },
        [&](store h) { t.file.async_splice_to(closed, 1, h); });
    expect([&](error_code& ec) { t.file.copy_to({closed_dir, "x"}, ec); },
        [&](store h) { t.file.async_copy_to({closed_dir, "x"}, h); });
    expect([&](error_code& ec) { t.dir.linkat(closed, t.name(), ec); },
        [&](store h) { t.dir.async_linkat(closed, t.name(), h); });
    expect([&](error_code& ec) { t.dir.renameat("f", closed_dir, t.name(), ec); },
        [&](store h) { t.dir.async_renameat("f", closed_dir, t.name(), h); });
    expect([&](error_code& ec) { t.dir.linkat("f", closed_dir, t.name(), ec); },
        [&](store h) { t.dir.async_linkat("f", closed_dir, t.name(), h); });
    // An absolute path would do without the directory; the object is closed all the same.
    expect([&](error_code& ec) { t.dir.linkat("f", closed_dir, t.path(), ec); },
        [&](store h) { t.dir.async_linkat("f", closed_dir, t.path(), h); });
}

BOOST_DATA_TEST_CASE(already_open, engines, engine)
{
    fixture<> t(engine);
    const auto refused = [&](auto& object, auto... how) {
        error_code ec;
        object.open(t.path_of_f(), how..., ec);
        BOOST_TEST(ec == asio::error::already_open);
        ec = asio::error::would_block;
        object.async_open(t.path_of_f(), how..., store{&ec});
        t.run();
        BOOST_TEST(ec == asio::error::already_open);
        object.assign(0, ec);
        BOOST_TEST(ec == asio::error::already_open);
    };
    refused(t.file, file_base::write_only | file_base::truncate);
    refused(t.dir);
    BOOST_TEST(t.s.stat("f").st_size == 8192);
    // Two opens at once: one of them wins.
    error_code a = asio::error::would_block, b = a;
    extended_file& file = t.closed_file();
    file.async_open(t.path_of_f(), file_base::read_only, store{&a});
    file.async_open(t.path_of_f(), file_base::read_only, store{&b});
    t.run();
    BOOST_TEST(file.is_open());
    BOOST_TEST((!a ? b == asio::error::already_open : a == asio::error::already_open && !b));
}

// Nothing to transfer is no error and no end of file.
BOOST_DATA_TEST_CASE(zero_length, engines, engine)
{
    fixture<> t(engine);
    const auto expect_zero = [&](auto sync, auto async) {
        error_code ec = asio::error::would_block;
        BOOST_TEST(sync(ec) == 0u);
        BOOST_TEST(!ec, ec.message());
        ec = asio::error::would_block;
        std::size_t n = 1;
        async([&](error_code e, std::size_t bytes) {
            ec = e;
            n = bytes;
        });
        BOOST_TEST(ec == asio::error::would_block);
        t.run();
        BOOST_TEST(!ec, ec.message());
        BOOST_TEST(n == 0u);
    };
    for (const std::uint64_t offset : {0u, 8192u})
    {
        const asio::mutable_buffer none;
        const asio::const_buffer nothing;
        expect_zero([&](error_code& ec) { return t.file.read_some_at(offset, none, ec); },
            [&](auto h) { t.file.async_read_some_at(offset, none, h); });
        expect_zero([&](error_code& ec) { return t.file.write_some_at(offset, nothing, ec); },
            [&](auto h) { t.file.async_write_some_at(offset, nothing, h); });
        expect_zero([&](error_code& ec) { return t.file.read_some(none, ec); },
            [&](auto h) { t.file.async_read_some(none, h); });
        expect_zero([&](error_code& ec) { return t.file.write_some(nothing, ec); },
            [&](auto h) { t.file.async_write_some(nothing, h); });
        expect_zero([&](error_code& ec) { return t.file.copy_file_range(t.other, offset, 0, 0, ec); },
            [&](auto h) { t.file.async_copy_file_range(t.other, offset, 0, 0, h); });
        expect_zero([&](error_code& ec) { return t.file.splice_to(t.other, offset, 0, ec); },
            [&](auto h) { t.file.async_splice_to(t.other, offset, 0, h); });
    }
    // The end of a source is no error to copy_file_range(2) and splice(2).
    expect_zero([&](error_code& ec) { return t.file.splice_to(t.other, 8192, 1, ec); },
        [&](auto h) { t.file.async_splice_to(t.other, 8192, 1, h); });
    expect_zero([&](error_code& ec) { return t.file.copy_file_range(t.other, 8192, 0, 1, ec); },
        [&](auto h) { t.file.async_copy_file_range(t.other, 8192, 0, 1, h); });
}

BOOST_DATA_TEST_CASE(end_of_file, engines, engine)
{
    fixture<> t(engine);
    const auto expect_eof = [&](auto sync, auto async) {
        error_code ec;
        BOOST_TEST(sync(ec) == 0u);
        BOOST_TEST(ec == asio::error::eof, ec.message());
        error_code later = asio::error::would_block;
        std::size_t n = 1;
        async([&](error_code e, std::size_t bytes) {
            later = e;
            n = bytes;
        });
        t.run();
        BOOST_TEST(later == asio::error::eof, later.message());
        BOOST_TEST(n == 0u);
    };
    // The end, beyond it, and an empty file.
    for (const std::uint64_t offset : {8192u, 100000u})
        expect_eof([&](error_code& ec) { return t.file.read_some_at(offset, t.room(), ec); },
            [&](auto h) { t.file.async_read_some_at(offset, t.room(), h); });
    expect_eof([&](error_code& ec) { return t.other.read_some(t.room(), ec); },
        [&](auto h) { t.other.async_read_some(t.room(), h); });
}

BOOST_AUTO_TEST_SUITE_END()
