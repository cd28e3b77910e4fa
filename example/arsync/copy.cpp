// SPDX-License-Identifier: BSL-1.0

#include "copy.hpp"

#include "console.hpp"
#include "counters.hpp"
#include "json_report.hpp"
#include "merged_sources.hpp"
#include "outcome.hpp"
#include "plan.hpp"
#include "tree_total.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <fstream>
#include <utility>
#include <vector>

#include <asio_fs.hpp>

namespace arsync {

namespace {

namespace asio = boost::asio;

// All that the coroutines of one run share.
struct run_state
{
    const command_line& line;
    std::vector<source_job> jobs;
    console& out;
    outcome& done;
    merged_sources merged{jobs};
    tree_total total = {};
    bool source_missing = false; // or what is listed of it
    bool stopping = false;       // a signal came
    bool over = false;
};

asio_fs::copy_options options_for(run_state& state, const source_job& job)
{
    asio_fs::copy_options options = state.line.copy;
    // What a source holds that could not be found would be taken for missing.
    options.remove_extraneous = options.remove_extraneous && !state.source_missing;
    if (state.line.backup)
        options.backup_suffix = state.line.backup_suffix;
    if (!job.chosen.is_everything())
        options.filter = [&job](const asio_fs::copy_candidate& entry) { return job.chosen.allows(entry); };
    if (state.merged.is_shared(job))
        options.filter = [&state, &job](const asio_fs::copy_candidate& entry)
        { return job.chosen.allows(entry) && state.merged.allows(job, entry); };
    options.on_error = [&state](const asio_fs::tree_error& error) { state.out.failure(error); };
    if (state.out.shows_entries())
        options.on_entry = [&state](const asio_fs::copy_entry& entry) { state.out.entry(entry); };
    if (state.out.shows_progress())
    {
        options.progress_interval = state.out.progress_interval();
        options.on_progress = [&state](const asio_fs::copy_progress& now)
        {
            asio_fs::copy_counters all = state.done.report;
            add_counters(all, now);
            state.out.progress(all, now.path, state.total);
        };
    }
    return options;
}

void take_down(run_state& state, const asio_fs::error_code& error, asio_fs::copy_report report)
{
    for (asio_fs::tree_error& failure : report.failures)
        failure.path = state.out.full_name(failure.path);
    const bool cancelled = error == asio::error::operation_aborted;
    const bool told = !error || report.errors != 0 || cancelled;
    state.done.interrupted = state.done.interrupted || cancelled;
    state.done.add(std::move(report));
    if (!told)
    {
        asio_fs::tree_error failure{{}, "copy", error};
        state.out.failure(failure);
        failure.path = state.out.full_name({});
        state.done.fail(std::move(failure));
    }
}

// The sources in the order they are copied in. Where several go to the same place, the directories there get
// what belongs to them from the first source; it therefore comes last.
std::vector<source_job*> in_order(run_state& state)
{
    std::vector<source_job*> order;
    for (source_job& job : state.jobs)
        order.push_back(&job);
    if (state.merged.any_shared())
        std::reverse(order.begin(), order.end());
    return order;
}

// One source after another. What is interrupted ends with the one that is being copied.
asio::awaitable<void> copy_all(run_state& state)
{
    for (source_job* next : in_order(state))
    {
        source_job& job = *next;
        if (state.stopping)
        {
            state.done.interrupted = true;
            break;
        }
        if (!job.paths.is_directory && state.merged.is_shared(job) && !state.merged.allows(job, {}))
            continue;
        if (!make_room(job, state.line, state.out, state.done))
            continue;
        state.out.begin(job.paths.name);
        asio_fs::error_code error;
        asio_fs::copy_report report = co_await asio_fs::async_copy_tree(
            co_await asio::this_coro::executor, job.paths.source, job.paths.destination,
            options_for(state, job), asio::redirect_error(asio::use_awaitable, error));
        take_down(state, error, std::move(report));
    }
}

// Finds out how much there is to copy, while the copy is under way.
asio::awaitable<void> count_all(run_state& state)
{
    for (const source_job& job : state.jobs)
    {
        const bool shared = state.merged.is_shared(job);
        ++state.total.entries;
        if (!job.paths.is_directory)
            continue;
        asio_fs::walk_options options;
        options.fields = asio_fs::statx_mask::size;
        options.one_file_system = state.line.copy.one_file_system;
        asio_fs::tree_walker walker(co_await asio::this_coro::executor, job.paths.source, options);
        std::vector<asio_fs::walk_entry> batch;
        asio_fs::error_code error;
        while (!state.over &&
               co_await walker.async_next(batch, asio::redirect_error(asio::use_awaitable, error)) != 0)
        {
            for (const asio_fs::walk_entry& entry : batch)
            {
                const bool is_directory = entry.type == asio_fs::entry_type::directory;
                if (entry.error || !job.chosen.reaches(entry.path, is_directory) ||
                    (shared && !state.merged.allows(job, {entry.path, entry.type})))
                    continue;
                ++state.total.entries;
                if (entry.type == asio_fs::entry_type::regular && entry.status)
                    state.total.bytes += entry.status->size();
            }
        }
        if (state.over)
            co_return;
    }
    state.total.complete = true;
}

// Runs the copy until it is over. A signal cancels it; the copy then removes what it has half done and ends.
void run(run_state& state)
{
    asio::io_context ctx(1);
    asio::cancellation_signal stop;
    asio::signal_set signals(ctx, SIGINT, SIGTERM, SIGHUP);
    signals.async_wait(
        [&](const asio_fs::error_code& ec, int)
        {
            if (ec)
                return;
            state.stopping = true;
            stop.emit(asio::cancellation_type::terminal);
        });

    std::exception_ptr failure;
    asio::co_spawn(ctx, copy_all(state),
                   asio::bind_cancellation_slot(stop.slot(),
                                                [&](std::exception_ptr e)
                                                {
                                                    failure = e;
                                                    state.over = true;
                                                    signals.cancel();
                                                }));
    if (state.out.shows_progress())
        asio::co_spawn(ctx, count_all(state), asio::detached);
    ctx.run();
    if (failure)
        std::rethrow_exception(failure);
}

// Opens the file of the report before anything is copied, so that nobody learns at the end that there is
// none.
std::ofstream open_report(const command_line& line)
{
    std::ofstream report;
    if (line.json && !line.json->empty())
        report.open(*line.json, std::ios::binary | std::ios::trunc);
    return report;
}

} // namespace

exit_status copy(const command_line& line)
{
    console out(line);
    outcome done;
    run_state state{line, make_plan(line, out, done), out, done};
    std::ofstream report_file = open_report(line);
    if (!report_file)
    {
        out.message("cannot write " + *line.json);
        return exit_status::file_io;
    }
    state.source_missing = done.report.errors != 0;
    if (state.source_missing && line.copy.remove_extraneous)
        out.message("IO error encountered -- skipping file deletion");

    run(state);

    done.seconds = out.seconds();
    out.summary(done);
    if (done.interrupted)
        out.message("interrupted; a second run completes the copy");
    else if (done.report.errors != 0)
        out.message("not everything was copied");
    bool written = true;
    if (line.json && line.json->empty())
        out.verbatim(json_report(line, done));
    else if (line.json && !(report_file << json_report(line, done) << std::flush))
    {
        out.message("cannot write " + *line.json);
        written = false;
    }
    written = out.finish() && written;
    const exit_status status = done.status();
    return status == exit_status::success && !written ? exit_status::file_io : status;
}

} // namespace arsync
