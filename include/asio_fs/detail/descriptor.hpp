// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_DESCRIPTOR_HPP
#define ASIO_FS_DETAIL_DESCRIPTOR_HPP

#include <asio_fs/config.hpp>
#include <asio_fs/detail/upper_layer.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
#include <memory>

namespace asio_fs::detail {

class async_op;
class engine;

// A file descriptor that an I/O object shares with the operations in flight on it.
//
// The number is given back to the kernel when the object has let go of it and the last operation that names it
// is over: path operations resolve their directory late, in a kernel worker, and must not find another file
// there. The two counts are apart because a deferred operation that nobody has started keeps the memory alive,
// but must not keep the file open.
class descriptor
{
public:
    descriptor(int number, engine* e) noexcept : fd(number), owner(e) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    const int fd;
    engine* const owner;            // whose mutex guards the rest; operations of another engine use a duplicate

    unsigned users = 1;             // the object, and each operation in flight that names fd
    std::atomic<bool> closed{false};   // the object has let go: nothing new may start
    std::atomic<unsigned> cancellations{0};   // of all its operations: for what is between two steps
    async_op* first_op = nullptr;   // the operations started on this descriptor, through async_op::file_next
    async_op* closer = nullptr;     // the asynchronous close that runs when users becomes 0

    // Whether the kernel may wait in a submission that transfers data. Found out by the first such operation.
    enum class inline_waiting : unsigned char { unknown, never, possible };
    std::atomic<inline_waiting> waiting{inline_waiting::unknown};

    // Another I/O object over the same number; belongs to the object's thread. Gone before the number is.
    std::unique_ptr<upper_layer> layer;

    // Writes only if there is one: what closed objects point to is shared by all threads.
    void drop_layer() noexcept
    {
        if (layer)
            layer.reset();
    }

    friend void intrusive_ptr_add_ref(descriptor* d) noexcept { d->refs_.fetch_add(1, std::memory_order_relaxed); }
    friend void intrusive_ptr_release(descriptor* d) noexcept
    {
        if (d->refs_.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete d;
    }

private:
    ~descriptor() = default;

    std::atomic<unsigned> refs_{0};
};

using descriptor_ptr = boost::intrusive_ptr<descriptor>;

} // namespace asio_fs::detail

#endif
