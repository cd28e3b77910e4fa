// SPDX-License-Identifier: BSL-1.0

#include "support/fuse_server.hpp"
#include "support/guard_mount.hpp"

#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <future>
#include <iterator>
#include <system_error>
#include <utility>

namespace asio_fs::test {

namespace {

constexpr std::array<std::string_view, 3> names = {"data", "cached", "other"};
constexpr std::uint64_t first_file = FUSE_ROOT_ID + 1;

constexpr auto patience = std::chrono::seconds(10);

// No answer is held back longer than this, and no test lives longer than that.
constexpr auto hold_limit = std::chrono::seconds(20);
constexpr auto time_limit = std::chrono::seconds(120);

fuse_attr attributes(std::uint64_t node)
{
    const bool directory = node == FUSE_ROOT_ID;
    fuse_attr a{};
    a.ino = node;
    a.mode = directory ? S_IFDIR | 0755u : S_IFREG | 0644u;
    a.nlink = directory ? 2 : 1;
    a.size = directory ? 0 : fuse_server::file_size;
    a.blocks = a.size / 512;
    a.blksize = 4096;
    return a;
}

} // namespace

// A request as the kernel wrote it.
struct fuse_server::message
{
    std::vector<char> bytes;

    fuse_in_header header() const { return part<fuse_in_header>(0); }

    // What follows the header.
    template <class T>
    T body() const
    {
        return part<T>(sizeof(fuse_in_header));
    }

    std::string_view name() const { return bytes.data() + sizeof(fuse_in_header); }

private:
    template <class T>
    T part(std::size_t offset) const
    {
        T value{};
        std::memcpy(&value, bytes.data() + offset, std::min(sizeof(T), bytes.size() - offset));
        return value;
    }
};

struct fuse_server::held_request
{
    message in;
    bool interrupted = false;   // the kernel has asked to give up
};

// -------------------------------------------------------------------------------------------------------
// Mounting

fuse_server::fuse_server(std::chrono::seconds entry_valid) : entry_valid_(entry_valid)
{
    const auto fail = [this](const char* what) {
        const int error = errno;
        if (device_ >= 0)
            ::close(device_);
        throw std::system_error(error, std::system_category(), what);
    };
    device_ = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device_ < 0)
        fail("/dev/fuse");
    const std::string options =
        "fd=" + std::to_string(device_) + ",rootmode=40000,user_id=0,group_id=0,allow_other";
    if (::mount("asio_fs_test", mount_point_.path().c_str(), "fuse", MS_NOSUID | MS_NODEV, options.c_str()) != 0)
        fail("mount");

    // Signals are for the threads that the test is about.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::promise<pid_t> id;
    thread_ = std::thread([this, &id] {
        id.set_value(static_cast<pid_t>(::syscall(SYS_gettid)));
        serve();
    });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    try
    {
        guard_mount(mount_point_.path(), id.get_future().get(), time_limit);
        // From the first close(2) on, the kernel knows that FLUSH need not be sent: else a process that is killed would
        // wait for an answer of its own.
        ::close(::open(path(names[0]).c_str(), O_RDONLY | O_CLOEXEC));
        wait_open_files(0);
    }
    catch (...)
    {
        disconnect();
        throw;
    }
}

fuse_server::~fuse_server() { disconnect(); }

void fuse_server::disconnect()
{
    // Breaks off the connection: what hangs ends with an error, and so does the thread's read.
    ::umount2(mount_point_.path().c_str(), MNT_FORCE | MNT_DETACH);
    thread_.join();
    ::close(device_);
}

const std::string& fuse_server::refusal()
{
    static const std::string reason = []() -> std::string {
        if (::geteuid() != 0)
            return "mounting needs root";
        try
        {
            const fuse_server probe;
            return {};
        }
        catch (const std::system_error& e)
        {
            return std::string("FUSE cannot be mounted: ") + e.what();
        }
    }();
    return reason;
}

// -------------------------------------------------------------------------------------------------------
// What the test does

unsigned char fuse_server::content(std::uint64_t offset) noexcept
{
    return static_cast<unsigned char>(offset * 7 + offset / 4096 * 13 + 1);
}

void fuse_server::hold(request kind)
{
    const std::lock_guard lock(mutex_);
    holding_.insert(static_cast<std::uint32_t>(kind));
    held_since_ = std::chrono::steady_clock::now();
}

void fuse_server::release()
{
    const std::lock_guard lock(mutex_);
    answer_held();
}

void fuse_server::answer_held()
{
    holding_.clear();
    for (const held_request& h : std::exchange(held_, {}))
        answer(h.in);
    changed_.notify_all();
}

void fuse_server::answer_interrupts(bool yes)
{
    const std::lock_guard lock(mutex_);
    answer_interrupts_ = yes;
    if (!yes)
        return;
    std::erase_if(held_, [this](const held_request& h) {
        if (h.interrupted)
            reply(h.in, EINTR);
        return h.interrupted;
    });
    changed_.notify_all();
}

std::size_t fuse_server::count_held(request kind) const
{
    const auto is_one = [kind](const held_request& h) {
        return h.in.header().opcode == static_cast<std::uint32_t>(kind);
    };
    return static_cast<std::size_t>(std::count_if(held_.begin(), held_.end(), is_one));
}

std::size_t fuse_server::count_interrupted() const
{
    const auto is_one = [](const held_request& h) { return h.interrupted; };
    return static_cast<std::size_t>(std::count_if(held_.begin(), held_.end(), is_one));
}

std::size_t fuse_server::held(request kind) const
{
    const std::lock_guard lock(mutex_);
    return count_held(kind);
}

std::size_t fuse_server::interrupted() const
{
    const std::lock_guard lock(mutex_);
    return count_interrupted();
}

bool fuse_server::wait_held(request kind, std::size_t n) const
{
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return count_held(kind) == n; });
}

bool fuse_server::wait_interrupted(std::size_t n) const
{
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return count_interrupted() == n; });
}

bool fuse_server::wait_open_files(int n) const
{
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return open_files_ == n; });
}

// -------------------------------------------------------------------------------------------------------
// What the kernel asks. None of this may touch the mount.

void fuse_server::serve()
{
    // The kernel insists on room for the longest request it could have: a write of max_write bytes.
    std::vector<char> buffer(256 * 1024);
    for (;;)
    {
        release_overdue();
        pollfd device{device_, POLLIN, 0};
        if (::poll(&device, 1, 1000) <= 0)
            continue;
        const ssize_t n = ::read(device_, buffer.data(), buffer.size());
        if (n > 0)
            handle({buffer.data(), buffer.data() + n});
        else if (errno != EINTR && errno != EAGAIN && errno != ENOENT)   // ENOENT: the request was taken back
            return;
    }
}

void fuse_server::release_overdue()
{
    const std::lock_guard lock(mutex_);
    if (!holding_.empty() && std::chrono::steady_clock::now() - held_since_ > hold_limit)
        answer_held();
}

void fuse_server::handle(std::vector<char> bytes)
{
    message in{std::move(bytes)};
    const fuse_in_header header = in.header();
    const std::lock_guard lock(mutex_);
    if (header.opcode == FUSE_INTERRUPT)
        interrupt(in.body<fuse_interrupt_in>().unique);
    else if (holding_.count(header.opcode) != 0)
        held_.push_back({std::move(in), false});
    else
        answer(in);
    changed_.notify_all();
}

void fuse_server::interrupt(std::uint64_t unique)
{
    const auto found = std::find_if(
        held_.begin(), held_.end(), [unique](const held_request& h) { return h.in.header().unique == unique; });
    if (found == held_.end())
        return;
    found->interrupted = true;
    if (!answer_interrupts_)
        return;
    reply(found->in, EINTR);
    held_.erase(found);
}

void fuse_server::answer(const message& in)
{
    const fuse_in_header header = in.header();
    switch (header.opcode)
    {
    case FUSE_INIT:
        return answer_init(in);
    case FUSE_LOOKUP:
        return answer_lookup(in);
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
        return;   // the only ones without an answer
    case FUSE_GETATTR:
    {
        fuse_attr_out out{};
        out.attr = attributes(header.nodeid);
        return reply(in, 0, &out, sizeof(out));
    }
    case FUSE_OPEN:
    {
        fuse_open_out out{};
        out.open_flags = header.nodeid == first_file + 1 ? 0 : FOPEN_DIRECT_IO;
        ++open_files_;
        return reply(in, 0, &out, sizeof(out));
    }
    case FUSE_OPENDIR:
    {
        const fuse_open_out out{};
        return reply(in, 0, &out, sizeof(out));
    }
    case FUSE_RELEASE:
        --open_files_;
        return reply(in, 0);
    case FUSE_RELEASEDIR:
    case FUSE_FSYNC:
        return reply(in, 0);
    case FUSE_READDIR:
        return answer_readdir(in);
    case FUSE_READ:
        return answer_read(in);
    case FUSE_WRITE:
    {
        fuse_write_out out{};
        out.size = in.body<fuse_write_in>().size;
        return reply(in, 0, &out, sizeof(out));
    }
    case FUSE_STATFS:
    {
        fuse_statfs_out out{};
        out.st.bsize = 4096;
        out.st.namelen = 255;
        return reply(in, 0, &out, sizeof(out));
    }
    default:
        return reply(in, ENOSYS);   // FLUSH, ACCESS and others, which the kernel then does without
    }
}

void fuse_server::answer_init(const message& in) const
{
    const auto asked = in.body<fuse_init_in>();
    fuse_init_out out{};
    out.major = FUSE_KERNEL_VERSION;
    out.minor = std::min(asked.minor, 31u);
    out.max_readahead = asked.max_readahead;
    out.flags = asked.flags & (FUSE_ASYNC_READ | FUSE_BIG_WRITES | FUSE_PARALLEL_DIROPS);
    out.max_background = 256;
    out.congestion_threshold = 192;
    out.max_write = 128 * 1024;
    out.time_gran = 1;
    reply(in, 0, &out, sizeof(out));
}

void fuse_server::answer_lookup(const message& in) const
{
    const auto found = std::find(names.begin(), names.end(), in.name());
    if (in.header().nodeid != FUSE_ROOT_ID || found == names.end())
        return reply(in, ENOENT);
    fuse_entry_out out{};
    out.nodeid = first_file + static_cast<std::uint64_t>(found - names.begin());
    out.entry_valid = static_cast<std::uint64_t>(entry_valid_.count());
    out.attr_valid = out.entry_valid;
    out.attr = attributes(out.nodeid);
    reply(in, 0, &out, sizeof(out));
}

void fuse_server::answer_readdir(const message& in) const
{
    const auto asked = in.body<fuse_read_in>();
    std::vector<char> out;
    for (std::uint64_t i = asked.offset; i < names.size(); ++i)
    {
        fuse_dirent entry{};
        entry.ino = first_file + i;
        entry.off = i + 1;
        entry.namelen = static_cast<std::uint32_t>(names[i].size());
        entry.type = S_IFREG >> 12;
        const std::size_t size = FUSE_DIRENT_ALIGN(FUSE_NAME_OFFSET + names[i].size());
        if (out.size() + size > asked.size)
            break;
        const std::size_t begin = out.size();
        out.resize(begin + size);
        std::memcpy(out.data() + begin, &entry, FUSE_NAME_OFFSET);
        std::memcpy(out.data() + begin + FUSE_NAME_OFFSET, names[i].data(), names[i].size());
    }
    reply(in, 0, out.data(), out.size());
}

void fuse_server::answer_read(const message& in) const
{
    const auto asked = in.body<fuse_read_in>();
    std::vector<unsigned char> out;
    for (std::uint64_t i = asked.offset; i < std::min(file_size, asked.offset + asked.size); ++i)
        out.push_back(content(i));
    reply(in, 0, out.data(), out.size());
}

void fuse_server::reply(const message& in, int error, const void* data, std::size_t size) const
{
    fuse_out_header header{};
    header.unique = in.header().unique;
    header.error = -error;
    header.len = static_cast<std::uint32_t>(sizeof(header) + size);
    const iovec parts[] = {{&header, sizeof(header)}, {const_cast<void*>(data), size}};
    // ENOENT: nobody waits for it any more.
    [[maybe_unused]] const ssize_t n = ::writev(device_, parts, data ? 2 : 1);
}

} // namespace asio_fs::test
