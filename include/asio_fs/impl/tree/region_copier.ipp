// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_REGION_COPIER_IPP
#define ASIO_FS_IMPL_TREE_REGION_COPIER_IPP

#include <asio_fs/detail/signals_blocked.hpp>
#include <asio_fs/detail/tree/buffered_step.hpp>
#include <asio_fs/detail/tree/region_copier.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

#include <memory>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace asio_fs::detail {

inline constexpr std::uint64_t region_size = 8 * 1024 * 1024;

ASIO_FS_DECL void region_copier::copy(std::uint64_t size, unsigned helpers, char* buffer,
                                      content_result& result)
{
    region_plan plan(0, size, region_size);
    struct joined_threads : std::vector<std::thread>
    {
        explicit joined_threads(region_plan& plan_) : plan(plan_) {}
        void join()
        {
            for (std::thread& thread : *this)
                thread.join();
            clear();
        }
        ~joined_threads()
        {
            if (!empty())
                plan.failed(ECANCELED, {});
            join();
        }
        region_plan& plan;
    } threads(plan);
    threads.reserve(helpers);
    {
        const signals_blocked blocked;
        try
        {
            while (threads.size() < helpers)
                threads.emplace_back([&] { help(plan); });
        }
        catch (const std::system_error&)
        {} // a thread that cannot be started is not missed
    }
    const auto tell = [&](std::uint64_t bytes)
    {
        bytes += by_helpers_.exchange(0, std::memory_order_relaxed);
        result.bytes_copied += bytes;
        moved_(bytes);
        if (stopping_())
            plan.failed(ECANCELED, {});
    };
    copy_regions(plan, buffer, tell);
    threads.join();
    tell(0);
    result.ended_early = plan.has_ended_early();
    if (plan.error() != 0)
    {
        result.error = errno_code(plan.error());
        result.step = plan.step();
    }
}

ASIO_FS_DECL void region_copier::help(region_plan& plan)
{
    const std::unique_ptr<char[]> buffer(new (std::nothrow) char[buffer_size_]);
    if (buffer) // otherwise the others do it
        copy_regions(plan, buffer.get(),
                     [this](std::uint64_t bytes)
                     { by_helpers_.fetch_add(bytes, std::memory_order_relaxed); });
}

ASIO_FS_DECL void region_copier::copy_regions(region_plan& plan, char* buffer,
                                              const std::function<void(std::uint64_t)>& moved)
{
    region_plan::region piece;
    std::string_view call;
    while (plan.take(piece))
    {
        copy_ladder ladder(copy_step::read_write, piece.begin, piece.end);
        while (ladder.next() == copy_ladder::state::copying && !plan.stopped())
        {
            const std::uint64_t before = ladder.offset();
            buffered_step(in_, out_, ladder, buffer, buffer_size_, call);
            moved(ladder.offset() - before);
        }
        if (ladder.next() == copy_ladder::state::ended_early)
            plan.ended_early();
        if (ladder.next() == copy_ladder::state::broken)
            plan.failed(ladder.error(), call);
    }
}

} // namespace asio_fs::detail

#endif
