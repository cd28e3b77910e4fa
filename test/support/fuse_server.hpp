// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_FUSE_SERVER_HPP
#define ASIO_FS_TEST_SUPPORT_FUSE_SERVER_HPP

#include "support/temp_dir.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace asio_fs::test {

// A file system whose answers the test holds back: a hung mount at will. It speaks the kernel's FUSE protocol
// itself, on one thread of its own, and needs root.
//
// The directory has three files of file_size bytes: "data" (every read reaches the server), "cached" (the kernel
// keeps the content) and "other" (as "data"). What is written to them is dropped.
//
// Make it before the io_context, so that it is unmounted after it: that ends whatever still hangs.
class fuse_server
{
public:
    static constexpr std::uint64_t file_size = 1 << 20;

    // What can be held back. The values are FUSE's.
    enum class request : std::uint32_t
    {
        lookup = 1,
        getattr = 3,
        open = 14,
        read = 15,
        write = 16,
        fsync = 20
    };

    // `entry_valid`: how long the kernel may use a name without asking again. Throws std::system_error.
    explicit fuse_server(std::chrono::seconds entry_valid = std::chrono::seconds(0));
    fuse_server(const fuse_server&) = delete;
    fuse_server& operator=(const fuse_server&) = delete;
    ~fuse_server();

    // Why there can be none here; empty when there can.
    static const std::string& refusal();

    std::string path(std::string_view name) const { return mount_point_ / name; }

    // The byte at an offset of each file.
    static unsigned char content(std::uint64_t offset) noexcept;

    // Holds back the answers to all requests of a kind from now on, for twenty seconds at the most: a test whose loop
    // hangs itself must come to an end as well.
    void hold(request kind);

    // Answers everything that is held, and holds nothing back any more.
    void release();

    // Whether a request that is held ends with EINTR when the kernel asks for it (as it is at first), or hangs on.
    // Those already asked for end at once.
    void answer_interrupts(bool yes);

    // Requests of a kind that are held now, and that the kernel has asked to interrupt.
    std::size_t held(request kind) const;
    std::size_t interrupted() const;

    // Waits, ten seconds at the most, until that many are held, or asked to be interrupted.
    bool wait_held(request kind, std::size_t n) const;
    bool wait_interrupted(std::size_t n) const;

    // Files that the kernel has opened and not yet released. The last close(2) does not wait for that: this does,
    // ten seconds at the most, until there are n.
    bool wait_open_files(int n) const;

private:
    struct message;
    struct held_request;

    void disconnect();
    void serve();
    void release_overdue();
    void handle(std::vector<char> bytes);
    void interrupt(std::uint64_t unique);
    void answer(const message& in);
    void answer_held();
    void answer_init(const message& in) const;
    void answer_lookup(const message& in) const;
    void answer_readdir(const message& in) const;
    void answer_read(const message& in) const;
    void reply(const message& in, int error, const void* data = nullptr, std::size_t size = 0) const;
    std::size_t count_held(request kind) const;
    std::size_t count_interrupted() const;

    const temp_dir mount_point_;
    const std::chrono::seconds entry_valid_;
    int device_ = -1;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::set<std::uint32_t> holding_;
    std::vector<held_request> held_;
    std::chrono::steady_clock::time_point held_since_;
    bool answer_interrupts_ = true;
    int open_files_ = 0;

    std::thread thread_;
};

} // namespace asio_fs::test

#endif
