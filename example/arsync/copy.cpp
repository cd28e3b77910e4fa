// SPDX-License-Identifier: BSL-1.0

#include "copy.hpp"

#include "console.hpp"
#include "paths.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <exception>
#include <filesystem>
#include <utility>

#include <asio_fs.hpp>

namespace arsync {

namespace {

namespace asio = boost::asio;

struct outcome
{
    asio_fs::error_code error;
    asio_fs::copy_report report;
};

asio::awaitable<outcome> copy_tree(const copy_paths& paths, asio_fs::copy_options options)
{
    outcome result;
    result.report = co_await asio_fs::async_copy_tree(
        co_await asio::this_coro::executor, paths.source, paths.destination, std::move(options),
        asio::redirect_error(asio::use_awaitable, result.error));
    co_return result;
}

asio_fs::copy_options options_for(const command_line& line, console& out)
{
    asio_fs::copy_options options;
    options.workers = line.workers;
    options.dry_run = line.dry_run;
    options.on_error = [&out](const asio_fs::tree_error& error) { out.failure(error); };
    if (line.verbose)
        options.on_entry = [&out](const asio_fs::copy_entry& entry) { out.entry(entry); };
    if (out.shows_progress())
        options.on_progress = [&out](const asio_fs::copy_progress& now) { out.progress(now); };
    return options;
}

// Makes room for the copy. `step` tells what is being done, should it fail.
void prepare(const copy_paths& paths, const char*& step)
{
    if (!paths.parent_to_create.empty())
    {
        step = "mkdir";
        std::filesystem::create_directory(paths.parent_to_create);
    }
    if (paths.replaces_link)
    {
        step = "unlink";
        std::filesystem::remove(paths.destination);
    }
}

// Runs the copy until it is over. A signal cancels it; the copy then removes what it has half done and ends.
outcome run(const copy_paths& paths, asio_fs::copy_options options, bool& interrupted)
{
    asio::io_context ctx(1);
    asio::cancellation_signal stop;
    asio::signal_set signals(ctx, SIGINT, SIGTERM, SIGHUP);
    signals.async_wait(
        [&](const asio_fs::error_code& ec, int)
        {
            if (ec)
                return;
            interrupted = true;
            stop.emit(asio::cancellation_type::terminal);
        });

    outcome result;
    std::exception_ptr failure;
    asio::co_spawn(ctx, copy_tree(paths, std::move(options)),
                   asio::bind_cancellation_slot(stop.slot(),
                                                [&](std::exception_ptr e, outcome o)
                                                {
                                                    failure = e;
                                                    result = std::move(o);
                                                    signals.cancel();
                                                }));
    ctx.run();
    if (failure)
        std::rethrow_exception(failure);
    return result;
}

} // namespace

exit_status copy(const command_line& line)
{
    copy_paths paths;
    const char* step = "stat";
    try
    {
        paths = resolve_paths(line.source, line.destination);
        if (!line.dry_run)
            prepare(paths, step);
        else if (!paths.parent_to_create.empty())
            paths.destination = paths.parent_to_create; // in whose place nothing is, too
    }
    catch (const std::filesystem::filesystem_error& e)
    {
        console(e.path1(), line.quiet).failure({{}, step, e.code()});
        return exit_status::partial;
    }

    console out(paths.name, line.quiet);
    bool interrupted = false;
    const outcome done = run(paths, options_for(line, out), interrupted);

    out.summary(done.report, line.dry_run);
    if (interrupted && done.error)
    {
        out.message("interrupted; a second run completes the copy");
        return exit_status::interrupted;
    }
    if (!done.error)
        return exit_status::success;
    if (done.report.errors == 0)
        out.message("the copy failed: " + done.error.message());
    else
        out.message("not everything was copied");
    return exit_status::partial;
}

} // namespace arsync
