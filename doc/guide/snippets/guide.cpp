// SPDX-License-Identifier: BSL-1.0

// What the guide shows, compiled and run. A region between "[name" and "name]" stands in a page, word for
// word: the test doc.pages compares them.

#include "support.hpp"

#include "support/temp_dir.hpp"

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <iostream>
#include <numeric>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;
using asio_fs::extended_dir;
using asio_fs::extended_file;
using asio_fs::test::complete;
using asio_fs::test::content;
using asio_fs::test::temp_dir;

BOOST_AUTO_TEST_SUITE(guide)

// ---- forms.md ----------------------------------------------------------------------------------------

namespace {

std::uint64_t sizes_without_loop(asio::io_context& ctx, const std::string& path)
{
    // [forms_sync
    // On a thread that may block: at the start of a program, in a tool, in a test.
    extended_file file(ctx, path, extended_file::read_only); // throws system_error
    const asio_fs::file_status status = file.statx();        // throws system_error

    error_code ec;
    const asio_fs::file_status same = file.statx(ec); // stores the error instead
    // forms_sync]
    return ec ? 0 : status.size() + same.size();
}

} // namespace

BOOST_AUTO_TEST_CASE(forms)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "12345");
    asio::io_context ctx;
    BOOST_TEST(sizes_without_loop(ctx, path) == 10u);

    extended_file file(ctx, path, extended_file::read_only);
    std::uint64_t sum = 0;
    const auto use = [&](const asio_fs::file_status& status) { sum += status.size(); };

    // [forms_callback
    file.async_statx([&](error_code ec, const asio_fs::file_status& status) {
        if (!ec)
            use(status);
    });
    // forms_callback]

    // [forms_future
    std::future<asio_fs::file_status> answer = file.async_statx(asio::use_future);
    // forms_future]

    // [forms_coroutine
    auto coroutine = [&]() -> asio::awaitable<void> {
        use(co_await file.async_statx(asio::use_awaitable)); // throws system_error

        auto [ec, status] = co_await file.async_statx(asio::as_tuple(asio::use_awaitable)); // does not
        if (!ec)
            use(status);

        asio_fs::result<asio_fs::file_status> result =
            co_await file.async_statx(asio_fs::as_result(asio::use_awaitable)); // nor does this
        if (result)
            use(result.value());
    };
    // forms_coroutine]
    auto done = asio::co_spawn(ctx, coroutine(), asio::use_future);

    ctx.run();
    done.get();
    use(answer.get());
    BOOST_TEST(sum == 25u);
}

BOOST_AUTO_TEST_CASE(default_token)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "12345");

    // [forms_default
    using file_type = asio::use_awaitable_t<>::as_default_on_t<extended_file>;

    auto size_of = [](std::string name) -> asio::awaitable<std::uint64_t> {
        file_type file(co_await asio::this_coro::executor);
        co_await file.async_open(name, extended_file::read_only);
        co_return (co_await file.async_statx()).size();
    };
    // forms_default]
    BOOST_TEST(complete(size_of(path)) == 5u);
}

BOOST_AUTO_TEST_CASE(deferred_descriptor)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "12345");
    asio::io_context ctx;
    extended_file file(ctx);

    // [forms_deferred
    auto early = file.async_statx(asio::deferred); // of a closed file: it stays one
    file.open(path, extended_file::read_only);
    auto late = file.async_statx(asio::deferred);

    std::move(early)([](error_code ec, asio_fs::file_status) {
        BOOST_TEST(ec == asio::error::bad_descriptor);
    });
    std::move(late)([](error_code ec, asio_fs::file_status status) {
        BOOST_TEST((!ec && status.size() == 5));
    });
    // forms_deferred]
    BOOST_TEST(ctx.run() > 0u);
}

namespace {

// [forms_bounded
asio::awaitable<void> back_up(asio_fs::async_semaphore& slots, std::string from, std::string to)
{
    co_await slots.async_acquire(asio::use_awaitable);
    asio_fs::semaphore_permit held(slots); // until the end of the function
    co_await asio_fs::async_copy_file(
        co_await asio::this_coro::executor, from, to, asio_fs::copy_options{}, asio::use_awaitable);
}
// forms_bounded]

} // namespace

BOOST_AUTO_TEST_CASE(bounded)
{
    const temp_dir dir;
    asio::io_context ctx;
    asio_fs::async_semaphore slots(ctx, 3);
    for (int i = 0; i < 20; ++i)
    {
        const std::string name = "file" + std::to_string(i);
        dir.file(name, name);
        asio::co_spawn(ctx, back_up(slots, dir / name, dir / (name + ".bak")), asio::detached);
    }
    ctx.run();
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(content(dir / ("file" + std::to_string(i) + ".bak")) == "file" + std::to_string(i));
    BOOST_TEST(slots.available() == 3);
}

namespace {

// [forms_direct
// Adds up the bytes of a file, without the page cache. There is a permit for each buffer of the pool.
asio::awaitable<std::uint64_t> sum_up(
    std::string path, const asio_fs::buffer_pool& pool, asio_fs::async_semaphore& permits)
{
    extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(path, extended_file::read_only | extended_file::direct, asio::use_awaitable);
    const std::uint64_t end = (co_await file.async_statx(asio::use_awaitable)).size();

    co_await permits.async_acquire(asio::use_awaitable);
    asio_fs::semaphore_permit held(permits);
    const asio_fs::pooled_buffer memory = pool.try_acquire(); // goes back before the permit does

    std::uint64_t sum = 0;
    const auto* const bytes = static_cast<const unsigned char*>(memory.data());
    for (std::uint64_t offset = 0; offset < end;) // a multiple of what is read at once
    {
        const std::size_t size =
            co_await file.async_read_some_at(offset, memory.buffer(), asio::use_awaitable);
        sum = std::accumulate(bytes, bytes + size, sum);
        offset += size;
    }
    co_return sum;
}
// forms_direct]

} // namespace

BOOST_AUTO_TEST_CASE(direct)
{
    const temp_dir dir;
    const std::string path = dir.file("file", std::string(200000, '\1'));
    asio::io_context ctx;
    error_code unsupported;
    extended_file(ctx).open(path, extended_file::read_only | extended_file::direct, unsupported);
    if (unsupported)
    {
        BOOST_TEST_MESSAGE("skipped: no direct I/O here: " << unsupported.message());
        return;
    }

    // [forms_pool
    asio_fs::buffer_pool pool(ctx, 64 * 1024, 2); // two buffers of 64 KiB
    asio_fs::async_semaphore permits(ctx, pool.size());
    // forms_pool]
    std::vector<std::future<std::uint64_t>> sums;
    for (int i = 0; i < 5; ++i)
        sums.push_back(asio::co_spawn(ctx, sum_up(path, pool, permits), asio::use_future));
    ctx.run();
    for (auto& sum : sums)
        BOOST_TEST(sum.get() == 200000u);
    BOOST_TEST(pool.available() == 2u);
}

// ---- cancellation.md ---------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(cancel_one)
{
    const temp_dir dir;
    const std::string path = dir / "fifo";
    BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    asio::io_context ctx;
    bool cancelled = false;

    // [cancel_one
    extended_file fifo(ctx);
    asio::cancellation_signal stop;
    fifo.async_open(path, extended_file::read_only,
        asio::bind_cancellation_slot(stop.slot(), [&](error_code ec) {
            cancelled = ec == asio::error::operation_aborted; // nobody opened it for writing
        }));
    asio::steady_timer timer(ctx, std::chrono::milliseconds(50));
    timer.async_wait([&](error_code) { stop.emit(asio::cancellation_type::terminal); });
    // cancel_one]
    ctx.run();
    BOOST_TEST(cancelled);
}

namespace {

// [cancel_timeout
// The first bytes of a file, as many as `text` has room for.
asio::awaitable<error_code> read_within(
    std::string path, std::string& text, std::chrono::milliseconds patience)
{
    using namespace asio::experimental::awaitable_operators;
    constexpr auto token = asio::as_tuple(asio::use_awaitable);
    const auto executor = co_await asio::this_coro::executor;

    extended_file file(executor);
    const auto read = [&]() -> asio::awaitable<error_code> {
        auto [failure] = co_await file.async_open(path, extended_file::read_only, token);
        if (failure)
            co_return failure;
        auto [ec, size] = co_await file.async_read_some(asio::buffer(text), token);
        text.resize(size);
        co_return ec;
    };
    asio::steady_timer timer(executor, patience);

    // Whoever is first cancels the other one, and `||` waits until that is over as well. Errors must be values
    // here: what throws has not won, and a missing file would be told when the timer fires.
    const auto winner = co_await (read() || timer.async_wait(token));
    if (winner.index() == 1)
        co_return asio::error::timed_out;
    co_return std::get<0>(winner);
}
// cancel_timeout]

} // namespace

BOOST_AUTO_TEST_CASE(cancel_timeout)
{
    using std::chrono::milliseconds;
    const temp_dir dir;
    std::string text(100, '\0');
    BOOST_REQUIRE(::mkfifo((dir / "fifo").c_str(), 0600) == 0);
    BOOST_TEST(complete(read_within(dir / "fifo", text, milliseconds(50))) == asio::error::timed_out);
    BOOST_TEST(complete(read_within(dir / "nothing", text, milliseconds(10000))).value() == ENOENT);
    BOOST_TEST(!complete(read_within(dir.file("file", "content"), text, milliseconds(10000))));
    BOOST_TEST(text == "content");
}

BOOST_AUTO_TEST_CASE(cancel_tree)
{
    const temp_dir dir;
    const std::string source = dir / "source";
    BOOST_REQUIRE(::mkdir(source.c_str(), 0700) == 0);
    for (int i = 0; i != 500; ++i)
        dir.file("source/" + std::to_string(i), "x");
    asio::io_context ctx;
    error_code result;

    // [cancel_tree
    asio::cancellation_signal stop;
    asio_fs::async_copy_tree(ctx, source, dir / "copy", asio_fs::copy_options{},
        asio::bind_cancellation_slot(stop.slot(), [&](error_code ec, const asio_fs::copy_report& report) {
            result = ec; // operation_aborted, and the report of what had been copied by then
            std::cout << report.files << " files were copied\n";
        }));
    stop.emit(asio::cancellation_type::terminal);
    // cancel_tree]
    ctx.run();
    // It may have been faster than this thread.
    const bool complete = ::access((dir / "copy/499").c_str(), F_OK) == 0;
    BOOST_TEST((result == asio::error::operation_aborted || complete), result);
}

// ---- threads.md --------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(threads)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "12345");
    std::uint64_t sum = 0;

    // [threads_strand
    asio::thread_pool pool(4);
    {
        // The object has a strand, so its handlers never run at the same time: they may share `sum`. And
        // whoever uses the object does so on the strand.
        extended_file file(asio::make_strand(pool), path, extended_file::read_only);
        asio::post(file.get_executor(), [&] {
            for (int i = 0; i < 100; ++i)
                file.async_statx([&](error_code ec, const asio_fs::file_status& status) {
                    sum += ec ? 0 : status.size();
                });
        });
        pool.join(); // until nothing is left to do
    }
    // threads_strand]
    BOOST_TEST(sum == 500u);
}

BOOST_AUTO_TEST_CASE(work_elsewhere)
{
    const temp_dir dir;
    const std::string path = dir.file("file", "content");
    asio::io_context ctx;
    asio::thread_pool pool(1);
    std::thread::id loop = std::this_thread::get_id();
    bool elsewhere = false;

    // [threads_bind
    extended_file file(ctx, path, extended_file::read_only);
    std::string data(7, '\0');
    file.async_read_some_at(0, asio::buffer(data),
        asio::bind_executor(pool, [&](error_code ec, std::size_t) {
            // On a thread of the pool: the place for what takes long, a checksum for example.
            elsewhere = !ec && std::this_thread::get_id() != loop;
        }));
    // threads_bind]
    ctx.run();
    pool.join();
    BOOST_TEST(elsewhere);
    BOOST_TEST(data == "content");
}

namespace {

// [threads_pool
asio::awaitable<std::uint64_t> size_of(std::string path)
{
    extended_file file(co_await asio::this_coro::executor); // stays with the loop that this runs on
    co_await file.async_open(path, extended_file::read_only, asio::use_awaitable);
    co_return (co_await file.async_statx(asio::use_awaitable)).size();
}

std::uint64_t size_of_all(const std::vector<std::string>& paths)
{
    asio_fs::context_pool pool; // a loop, a ring and a thread for each CPU
    std::vector<std::future<std::uint64_t>> sizes;
    for (const std::string& path : paths)
        sizes.push_back(asio::co_spawn(pool.get_executor(), size_of(path), asio::use_future));
    pool.join(); // until nothing is left to do

    std::uint64_t sum = 0;
    for (std::future<std::uint64_t>& size : sizes)
        sum += size.get();
    return sum;
}
// threads_pool]

} // namespace

BOOST_AUTO_TEST_CASE(loops_of_a_pool)
{
    const temp_dir dir;
    std::vector<std::string> paths;
    for (int i = 0; i != 20; ++i)
        paths.push_back(dir.file(std::to_string(i), "12345"));
    BOOST_TEST(size_of_all(paths) == 100u);
    BOOST_CHECK_THROW(size_of_all({dir / "nothing"}), asio_fs::system_error);
}

// ---- errors.md ---------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(errors)
{
    const temp_dir dir;
    asio::io_context ctx;
    const std::string path = dir / "nothing";
    std::string said;

    // [errors_compare
    extended_file file(ctx);
    error_code ec;
    file.open(path, extended_file::read_only, ec);
    if (ec == boost::system::errc::no_such_file_or_directory) // portable names,
        said = "missing";
    if (ec.value() == EACCES && ec.category() == boost::system::system_category()) // or errno
        said = "forbidden";
    // errors_compare]
    BOOST_TEST(said == "missing");

    // [errors_throw
    try
    {
        file.open(path, extended_file::read_only);
    }
    catch (const asio_fs::system_error& e)
    {
        said = e.what(); // openat "/tmp/.../nothing": No such file or directory [system:2]
    }
    // errors_throw]
    BOOST_TEST(said.find("openat \"" + path + "\": No such file") == 0u);
}

namespace {

// [errors_context
// An error_code does not know the name. Say it where you know it.
asio::awaitable<extended_file> open_config(extended_dir& dir, std::string name)
{
    auto [ec, file] =
        co_await dir.async_openat(name, extended_file::read_only, asio::as_tuple(asio::use_awaitable));
    if (ec)
        throw asio_fs::system_error(ec, "cannot open configuration \"" + name + '"');
    co_return std::move(file);
}
// errors_context]

} // namespace

BOOST_AUTO_TEST_CASE(errors_context)
{
    const temp_dir dir;
    std::string said;
    const auto run = [&]() -> asio::awaitable<void> {
        extended_dir d(co_await asio::this_coro::executor, dir.path());
        dir.file("good", "");
        const extended_file good = co_await open_config(d, "good");
        BOOST_TEST(good.is_open());
        co_await open_config(d, "bad");
    };
    try
    {
        complete(run());
    }
    catch (const asio_fs::system_error& e)
    {
        said = e.what();
    }
    BOOST_TEST(said.find("cannot open configuration \"bad\": No such file") == 0u);
}

BOOST_AUTO_TEST_CASE(errors_of_trees)
{
    const temp_dir dir;
    const std::string from = dir / "from";
    BOOST_REQUIRE(::mkdir(from.c_str(), 0700) == 0);
    dir.file("from/name", "a file");
    BOOST_REQUIRE(::mkdir((dir / "to").c_str(), 0700) == 0);
    BOOST_REQUIRE(::mkdir((dir / "to/name").c_str(), 0700) == 0); // a directory is where the file should go
    dir.file("to/name/x", "");
    std::ostringstream out;

    // [errors_tree
    asio::io_context ctx;
    asio_fs::async_copy_tree(ctx, from, dir / "to", asio_fs::copy_options{},
        [&](error_code ec, const asio_fs::copy_report& report) {
            if (ec) // the first error there was; everything else has been copied
                out << report.errors << " failed, " << report.files << " copied\n";
            for (const asio_fs::tree_error& e : report.failures)
                out << e.path << ": " << e.step << ": " << e.code.message() << '\n';
        });
    ctx.run();
    // errors_tree]
    BOOST_TEST(out.str().find("1 failed, 0 copied\nname: ") == 0u);
}

// ---- trees.md ----------------------------------------------------------------------------------------

namespace {

// [trees_copy
asio::awaitable<void> back_up(extended_dir& home, std::string to, std::ostream& out)
{
    asio_fs::copy_options options;
    options.overwrite = asio_fs::overwrite_policy::different;
    options.filter = [](const asio_fs::copy_candidate& entry) { return !entry.path.ends_with(".tmp"); };
    options.on_progress = [&](const asio_fs::copy_progress& now) {
        out << now.files << " files, " << now.bytes_copied << " bytes\n";
    };

    auto [ec, report] = co_await asio_fs::async_copy_tree(co_await asio::this_coro::executor,
        asio_fs::dir_path(home, "documents"), to, options, asio::as_tuple(asio::use_awaitable));
    for (const asio_fs::tree_error& failure : report.failures)
        out << failure.path << ": " << failure.step << ": " << failure.code.message() << '\n';
    out << (ec ? "incomplete: " : "complete: ") << report.files << " copied, " << report.skipped << " skipped\n";
}
// trees_copy]

// [trees_walk
asio::awaitable<std::uint64_t> bytes_in(std::string root, std::ostream& out)
{
    asio_fs::walk_options options;
    options.fields = asio_fs::statx_mask::size;
    asio_fs::tree_walker walker(co_await asio::this_coro::executor, root, options);

    std::uint64_t total = 0;
    std::vector<asio_fs::walk_entry> batch;
    while (co_await walker.async_next(batch, asio::use_awaitable) != 0)
        for (const asio_fs::walk_entry& entry : batch)
        {
            if (entry.error)
                out << entry.path << ": " << entry.step << ": " << entry.error.message() << '\n';
            else if (entry.type == asio_fs::entry_type::regular && entry.status)
                total += entry.status->size();
        }
    co_return total;
}
// trees_walk]

} // namespace

BOOST_AUTO_TEST_CASE(trees)
{
    temp_dir home, backup;
    BOOST_REQUIRE(::mkdir((home / "documents").c_str(), 0700) == 0);
    home.file("documents/letter", "text");
    home.file("documents/half.tmp", "te");
    asio::io_context ctx;
    extended_dir dir(ctx, home.path());
    std::ostringstream first, second;
    complete(back_up(dir, backup / "documents", first));
    BOOST_TEST(first.str().ends_with("complete: 1 copied, 0 skipped\n"), first.str());
    complete(back_up(dir, backup / "documents", second));
    BOOST_TEST(second.str().ends_with("complete: 0 copied, 1 skipped\n"), second.str());
    BOOST_TEST(complete(bytes_in(backup.path(), second)) == 4u);
}

// ---- directories.md ----------------------------------------------------------------------------------

namespace {

// [dir_beneath
// The path comes from outside: from a request, an archive, a configuration of somebody else's.
asio::awaitable<std::string> read_beneath(extended_dir& root, std::string path)
{
    using asio_fs::resolve_flags;
    extended_file file = co_await root.async_openat(path, extended_file::read_only, 0,
        resolve_flags::beneath | resolve_flags::no_magiclinks, asio::use_awaitable);

    std::string text((co_await file.async_statx(asio::use_awaitable)).size(), '\0');
    co_await asio::async_read_at(file, 0, asio::buffer(text), asio::use_awaitable);
    co_return text;
}
// dir_beneath]

// [dir_parent
// Operations other than opening take no resolve_flags. So open the parent with them, and give a single name.
asio::awaitable<void> remove_beneath(extended_dir& root, std::string path)
{
    const std::size_t slash = path.rfind('/');
    const std::string parent = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    extended_dir dir = co_await root.async_opendirat(
        parent, extended_dir::path_only, asio_fs::resolve_flags::beneath, asio::use_awaitable);
    co_await dir.async_unlinkat(path.substr(slash + 1), asio::use_awaitable);
}
// dir_parent]

} // namespace

BOOST_AUTO_TEST_CASE(beneath)
{
    const temp_dir dir;
    BOOST_REQUIRE(::mkdir((dir / "root").c_str(), 0700) == 0);
    BOOST_REQUIRE(::mkdir((dir / "root/sub").c_str(), 0700) == 0);
    dir.file("root/file", "inside");
    dir.file("root/sub/file", "inside");
    dir.file("secret", "outside");
    BOOST_REQUIRE(::symlink("../secret", (dir / "root/link").c_str()) == 0);

    const std::vector<std::string> ways_out{"../secret", "link", "sub/../../secret", "/etc/passwd"};
    const auto run = [&]() -> asio::awaitable<void> {
        extended_dir root(co_await asio::this_coro::executor, dir / "root");
        const std::string inside = co_await read_beneath(root, "sub/../file");
        BOOST_TEST(inside == "inside");
        for (const std::string& path : ways_out)
        {
            int error = 0;
            try
            {
                co_await read_beneath(root, path);
            }
            catch (const asio_fs::system_error& e)
            {
                error = e.code().value();
            }
            BOOST_TEST(error == EXDEV, path << ": " << error);
        }
        co_await remove_beneath(root, "sub/file");
        co_await remove_beneath(root, "file");
        bool refused = false;
        try
        {
            co_await remove_beneath(root, "../secret");
        }
        catch (const asio_fs::system_error&)
        {
            refused = true;
        }
        BOOST_TEST(refused);
    };
    complete(run());
    BOOST_TEST(content(dir / "secret") == "outside");
    struct stat info;
    BOOST_TEST(::stat((dir / "root/file").c_str(), &info) != 0);
    BOOST_TEST(::stat((dir / "root/sub/file").c_str(), &info) != 0);
}

namespace {

// [dir_list
asio::awaitable<std::vector<std::string>> names_in(extended_dir& dir)
{
    std::vector<std::string> names;
    asio_fs::dir_batch batch;
    while (co_await dir.async_readdir(batch, asio::use_awaitable) != 0)
        for (const asio_fs::dir_entry entry : batch) // entry.name refers to the batch: copy what is kept
            names.emplace_back(entry.name);
    co_return names;
}
// dir_list]

} // namespace

BOOST_AUTO_TEST_CASE(list)
{
    const temp_dir dir;
    dir.file("a\xff", "");
    std::vector<std::string> names;
    const auto run = [&]() -> asio::awaitable<void> {
        extended_dir d(co_await asio::this_coro::executor, dir.path());
        names = co_await names_in(d);
    };
    complete(run());
    BOOST_TEST((names == std::vector<std::string>{"a\xff"}));
}

namespace {

// [dir_publish
asio::awaitable<void> publish(extended_dir& dir, std::string name, std::string text)
{
    extended_file file = co_await dir.async_tmpfile(extended_file::write_only, 0644, asio::use_awaitable);
    co_await asio::async_write_at(file, 0, asio::buffer(text), asio::use_awaitable);
    co_await file.async_fsync(asio::use_awaitable);
    co_await dir.async_linkat(file, name, asio::use_awaitable); // EEXIST if there is one of this name
    co_await dir.async_fsync(asio::use_awaitable);
}
// dir_publish]

} // namespace

BOOST_AUTO_TEST_CASE(publishing)
{
    const temp_dir dir;
    const auto run = [&]() -> asio::awaitable<void> {
        extended_dir d(co_await asio::this_coro::executor, dir.path());
        co_await publish(d, "new", "text");
    };
    complete(run());
    BOOST_TEST(content(dir / "new") == "text");
    BOOST_CHECK_THROW(complete(run()), asio_fs::system_error);
}

namespace {

// [dir_acl
// Lets a user read the directory and whatever is created in it from here on.
asio::awaitable<void> let_read(extended_dir& dir, std::uint32_t user)
{
    using asio_fs::acl_perms;
    using asio_fs::acl_type;
    const asio_fs::acl_entry entry{asio_fs::acl_tag::user, acl_perms::read | acl_perms::execute, user};

    asio_fs::acl access = co_await dir.async_acl_get_fd(asio::use_awaitable);
    access.set(entry);
    access.calc_mask();
    co_await dir.async_acl_set_fd(access, asio::use_awaitable);

    asio_fs::acl inherited = co_await dir.async_acl_get_fd(acl_type::default_, asio::use_awaitable);
    if (inherited.empty()) // there is none yet
        inherited = access;
    inherited.set(entry);
    inherited.calc_mask();
    co_await dir.async_acl_set_fd(inherited, acl_type::default_, asio::use_awaitable);
}
// dir_acl]

} // namespace

BOOST_AUTO_TEST_CASE(access_control_lists)
{
    const temp_dir dir;
    error_code failed;
    const auto run = [&]() -> asio::awaitable<void> {
        extended_dir d(co_await asio::this_coro::executor, dir.path());
        try
        {
            co_await let_read(d, 12345);
            co_await let_read(d, 12346);
        }
        catch (const asio_fs::system_error& e)
        {
            failed = e.code();
        }
    };
    complete(run());
    if (failed.value() == ENOTSUP)
    {
        BOOST_TEST_MESSAGE("skipped: the file system has no access control lists");
        return;
    }
    BOOST_TEST(!failed);
    asio::io_context ctx;
    extended_dir d(ctx, dir.path());
    BOOST_TEST(d.acl_get_fd().to_text().find("user:12345:r-x") != std::string::npos);
    d.mkdirat("sub", 0700);
    const std::string text = d.acl_get_file("sub").to_text();
    BOOST_TEST(text.find("user:12345:r-x") != std::string::npos);
    BOOST_TEST(text.find("user:12346:r-x") != std::string::npos);
}

// ---- engines.md --------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(engines)
{
    std::ostringstream out;
    {
        // [engines_capabilities
        asio::io_context ctx;
        out << asio_fs::capabilities(ctx);
        // engines_capabilities]
    }
    BOOST_TEST(out.str().find("statx") != std::string::npos);

    // [engines_options
    asio_fs::engine_options options;
    options.use_io_uring = false;                                // every operation on worker threads
    options.attempt_inline = asio_fs::inline_policy::never;      // no cached read on the loop's thread
    options.worker_threads = 16;                                 // and no more of them than these
    options.shutdown_timeout = std::chrono::milliseconds(500);   // for operations on a hung mount

    asio::io_context ctx;
    asio_fs::configure_engine(ctx, options); // before the first file or directory is made on ctx
    // engines_options]
    for (const asio_fs::capability& c : asio_fs::capabilities(ctx))
        BOOST_TEST((c.engine == asio_fs::engine_kind::workers));
}

BOOST_AUTO_TEST_SUITE_END()
