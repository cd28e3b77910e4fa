// SPDX-License-Identifier: BSL-1.0

// perf_engine DIRECTORY [--benchmark_...]: what one asynchronous operation costs, by each engine, with one and
// with 32 in flight, beside the system call and beside Asio's own files. Everything is cached.

#include <asio_fs/configure_engine.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/extended_file.hpp>

#include <benchmark/benchmark.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/random_access_file.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace asio = boost::asio;

namespace {

using asio_fs::error_code;

constexpr std::size_t block = 4096;
constexpr std::size_t blocks = 1024;
constexpr int batch = 1024;   // operations between two looks at the clock

std::string file_path;        // a file of `blocks` blocks

std::uint64_t offset_of(int n)
{
    return static_cast<std::uint64_t>(n) % blocks * block;
}

// Which engine runs the operations.
enum class engine_kind
{
    cached,    // as the library decides: cached reads are done by the function that starts them
    ring,
    workers
};

asio_fs::engine_options options_for(engine_kind kind)
{
    asio_fs::engine_options options;
    if (kind != engine_kind::cached)
        options.attempt_inline = asio_fs::inline_policy::never;
    options.use_io_uring = kind != engine_kind::workers;
    return options;
}

// Keeps a number of operations in flight. Start is called with a slot, a number and the handler.
template <class Start>
class pump
{
public:
    explicit pump(Start start) : start_(std::move(start)) {}

    void run(benchmark::State& state, asio::io_context& ctx, int in_flight)
    {
        while (state.KeepRunningBatch(batch))
        {
            left_ = batch;
            for (int slot = 0; slot < in_flight; ++slot)
                next(slot);
            ctx.run();
            ctx.restart();
            if (failure_)
                return state.SkipWithError(failure_.message().c_str());
        }
        state.SetItemsProcessed(state.iterations());
    }

private:
    void next(int slot)
    {
        if (left_ == 0)
            return;
        --left_;
        start_(slot, left_,
            [this, slot](const error_code& ec, const auto&...)
            {
                if (ec)
                    failure_ = ec;
                next(slot);
            });
    }

    Start start_;
    int left_ = 0;
    error_code failure_;
};

void read_by_pread(benchmark::State& state)
{
    const int fd = ::open(file_path.c_str(), O_RDONLY | O_CLOEXEC);
    std::array<char, block> memory;
    int n = 0;
    for ([[maybe_unused]] auto _ : state)
    {
        const auto offset = static_cast<off_t>(offset_of(++n));
        if (::pread(fd, memory.data(), block, offset) != static_cast<ssize_t>(block))
            return state.SkipWithError("pread");
    }
    ::close(fd);
}

// One file for each operation in flight: Asio's own files run one at a time.
template <class File>
void read_by(benchmark::State& state, asio::io_context& ctx, int in_flight)
{
    std::vector<File> files;
    std::vector<std::array<char, block>> memory(static_cast<std::size_t>(in_flight));
    for (int i = 0; i < in_flight; ++i)
        files.emplace_back(ctx, file_path, File::read_only);
    pump reads([&](int slot, int n, auto handler)
        {
            const auto i = static_cast<std::size_t>(slot);
            files[i].async_read_some_at(offset_of(n), asio::buffer(memory[i]), std::move(handler));
        });
    reads.run(state, ctx, in_flight);
}

void read_by_asio(benchmark::State& state, int in_flight)
{
    asio::io_context ctx(1);
    read_by<asio::random_access_file>(state, ctx, in_flight);
}

void read_by_engine(benchmark::State& state, engine_kind kind, int in_flight)
{
    asio::io_context ctx(1);
    asio_fs::configure_engine(ctx, options_for(kind));
    read_by<asio_fs::extended_file>(state, ctx, in_flight);
}

void statx_by_call(benchmark::State& state)
{
    struct statx status;
    for ([[maybe_unused]] auto _ : state)
    {
        if (::statx(AT_FDCWD, file_path.c_str(), 0, STATX_BASIC_STATS, &status) != 0)
            return state.SkipWithError("statx");
    }
}

void statx_by_engine(benchmark::State& state, engine_kind kind, int in_flight)
{
    asio::io_context ctx(1);
    asio_fs::configure_engine(ctx, options_for(kind));
    asio_fs::extended_dir dir(ctx, "/");
    pump calls([&](int, int, auto handler)
        {
            dir.async_statx(
                file_path, asio_fs::at_flags::none, asio_fs::statx_mask::basic_stats, std::move(handler));
        });
    calls.run(state, ctx, in_flight);
}

void open_close_by_call(benchmark::State& state)
{
    for ([[maybe_unused]] auto _ : state)
    {
        if (::close(::open(file_path.c_str(), O_RDONLY | O_CLOEXEC)) != 0)
            return state.SkipWithError("open");
    }
}

void open_close_by_engine(benchmark::State& state, engine_kind kind, int in_flight)
{
    asio::io_context ctx(1);
    asio_fs::configure_engine(ctx, options_for(kind));
    std::vector<asio_fs::extended_file> files;
    for (int i = 0; i < in_flight; ++i)
        files.emplace_back(ctx);
    pump calls([&](int slot, int, auto handler)
        {
            asio_fs::extended_file& file = files[static_cast<std::size_t>(slot)];
            file.async_open(file_path, asio_fs::extended_file::read_only,
                [&file, handler = std::move(handler)](const error_code& ec) mutable
                {
                    if (ec)
                        return handler(ec);
                    file.async_close(std::move(handler));
                });
        });
    calls.run(state, ctx, in_flight);
}

template <class Function, class... Arguments>
void add(const std::string& name, Function function, Arguments... arguments)
{
    benchmark::RegisterBenchmark(name.c_str(),
        [=](benchmark::State& state) { function(state, arguments...); })
        ->MeasureProcessCPUTime()
        ->UseRealTime();
}

void add_all()
{
    constexpr std::pair<const char*, engine_kind> kinds[] = {
        {"ring", engine_kind::ring}, {"workers", engine_kind::workers}};

    add("read 4 KiB/pread(2)/1", read_by_pread);
    add("statx/statx(2)/1", statx_by_call);
    add("open and close/open(2), close(2)/1", open_close_by_call);
    for (const int in_flight : {1, 32})
    {
        const std::string end = "/" + std::to_string(in_flight);
        add("read 4 KiB/asio::random_access_file" + end, read_by_asio, in_flight);
        add("read 4 KiB/as the library decides" + end, read_by_engine, engine_kind::cached, in_flight);
        for (const auto& [name, kind] : kinds)
        {
            add(std::string("read 4 KiB/") + name + end, read_by_engine, kind, in_flight);
            add(std::string("statx/") + name + end, statx_by_engine, kind, in_flight);
            add(std::string("open and close/") + name + end, open_close_by_engine, kind, in_flight);
        }
    }
}

// The file that is read, removed at the end.
bool make_file(const std::string& directory)
{
    file_path = directory + "/perf_engine.data";
    const int fd = ::open(file_path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    const std::vector<char> data(block * blocks, 'x');
    if (fd < 0)
        return false;
    const bool written = ::write(fd, data.data(), data.size()) == static_cast<ssize_t>(data.size());
    return ::close(fd) == 0 && written;
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (argc != 2)
    {
        std::fputs("usage: perf_engine DIRECTORY [--benchmark_...]\n", stderr);
        return 2;
    }
    char* const directory = ::realpath(argv[1], nullptr);
    if (directory == nullptr || !make_file(directory))
    {
        std::perror(argv[1]);
        return 1;
    }
    std::free(directory);
    add_all();
    benchmark::RunSpecifiedBenchmarks();
    ::unlink(file_path.c_str());
    return 0;
}
