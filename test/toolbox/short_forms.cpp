// SPDX-License-Identifier: BSL-1.0

// The functions that make one operation of many system calls, in each of their three forms, with options and
// without. What they do is tested elsewhere; here every call must compile, and reach its operation.

#include "support/store.hpp"
#include "tree/support.hpp"

#include <asio_fs/copy_file.hpp>
#include <asio_fs/copy_tree.hpp>
#include <asio_fs/create_directories.hpp>
#include <asio_fs/remove_tree.hpp>
#include <asio_fs/replace_file.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <string>

using namespace asio_fs;
using namespace asio_fs::test;

namespace short_forms_test {

// A name is new each time, and something must have it after each call: or nothing, when it is removed.
struct fixture
{
    template <class Throwing, class WithError, class Async>
    void each(bool appears, Throwing throwing, WithError with_error, Async async)
    {
        BOOST_CHECK_NO_THROW(throwing(next()));
        BOOST_TEST(exists(path) == appears);
        error_code ec = asio::error::would_block;
        with_error(next(), ec);
        BOOST_TEST(!ec);
        BOOST_TEST(exists(path) == appears);
        ec = asio::error::would_block;
        async(next(), store{&ec});
        BOOST_TEST(ec == asio::error::would_block);
        ctx.restart();
        ctx.run();
        BOOST_TEST(!ec);
        BOOST_TEST(exists(path) == appears);
    }

    std::string next() { return path = where / ("n" + std::to_string(++names)); }

    scratch where;
    asio::io_context ctx;
    std::string path;
    int names = 0;
};

} // namespace short_forms_test

using namespace short_forms_test;
using std::string;

BOOST_AUTO_TEST_SUITE(short_forms)

BOOST_FIXTURE_TEST_CASE(of_create_directories, fixture)
{
    const create_directories_options o;
    each(true, [&](string p) { create_directories(p); },
        [&](string p, error_code& ec) { create_directories(p, ec); },
        [&](string p, store h) { async_create_directories(ctx, p, h); });
    each(true, [&](string p) { create_directories(p, o); },
        [&](string p, error_code& ec) { create_directories(p, o, ec); },
        [&](string p, store h) { async_create_directories(ctx, p, o, h); });
}

BOOST_FIXTURE_TEST_CASE(of_replace_file, fixture)
{
    const replace_file_options o;
    const asio::const_buffer b = asio::buffer("new", 3);
    each(true, [&](string p) { replace_file(p, b); },
        [&](string p, error_code& ec) { replace_file(p, b, ec); },
        [&](string p, store h) { async_replace_file(ctx, p, b, h); });
    each(true, [&](string p) { replace_file(p, b, o); },
        [&](string p, error_code& ec) { replace_file(p, b, o, ec); },
        [&](string p, store h) { async_replace_file(ctx, p, b, o, h); });
}

BOOST_FIXTURE_TEST_CASE(of_copy_file, fixture)
{
    const copy_options o;
    const string f = where / "source";
    make_file(f, "content");
    each(true, [&](string p) { copy_file(f, p); }, [&](string p, error_code& ec) { copy_file(f, p, ec); },
        [&](string p, store h) { async_copy_file(ctx, f, p, h); });
    each(true, [&](string p) { copy_file(f, p, o); },
        [&](string p, error_code& ec) { copy_file(f, p, o, ec); },
        [&](string p, store h) { async_copy_file(ctx, f, p, o, h); });
}

BOOST_FIXTURE_TEST_CASE(of_copy_tree, fixture)
{
    const copy_options o;
    const string d = where / "source";
    create_directories(d + "/a/b");
    each(true, [&](string p) { copy_tree(d, p); }, [&](string p, error_code& ec) { copy_tree(d, p, ec); },
        [&](string p, store h) { async_copy_tree(ctx, d, p, h); });
    each(true, [&](string p) { copy_tree(d, p, o); },
        [&](string p, error_code& ec) { copy_tree(d, p, o, ec); },
        [&](string p, store h) { async_copy_tree(ctx, d, p, o, h); });
}

BOOST_FIXTURE_TEST_CASE(of_remove_tree, fixture)
{
    const remove_options o;
    for (int i = 1; i <= 6; ++i)
        create_directories(where / ("n" + std::to_string(i)) + "/a");
    each(false, [&](string p) { remove_tree(p); }, [&](string p, error_code& ec) { remove_tree(p, ec); },
        [&](string p, store h) { async_remove_tree(ctx, p, h); });
    each(false, [&](string p) { remove_tree(p, o); },
        [&](string p, error_code& ec) { remove_tree(p, o, ec); },
        [&](string p, store h) { async_remove_tree(ctx, p, o, h); });
}

// Neither options nor a token: the executor's token.
BOOST_FIXTURE_TEST_CASE(of_the_default_token, fixture)
{
    using coroutine = asio::use_awaitable_t<>;
    const coroutine::executor_with_default<asio::io_context::executor_type> ex(ctx.get_executor());
    bool done = false;
    const auto work = [&]() -> asio::awaitable<void> {
        co_await async_create_directories(ex, where / "a");
        const asio::const_buffer b = asio::buffer("new", 3);
        co_await async_replace_file(ex, where / "a/f", b);
        co_await async_copy_file(ex, where / "a/f", where / "a/g");
        const copy_options options;
        co_await async_copy_tree(ex, where / "a", where / "b", options);
        co_await async_remove_tree(ex, where / "a", {});
        done = exists(where / "b/g") && !exists(where / "a");
    };
    asio::co_spawn(ctx, work, [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    ctx.run();
    BOOST_TEST(done);
}

BOOST_AUTO_TEST_SUITE_END()
