// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_BUFFER_REGISTRATION_HPP
#define ASIO_FS_DETAIL_BUFFER_REGISTRATION_HPP

#include <asio_fs/config.hpp>

#include <boost/intrusive/list.hpp>

#include <sys/uio.h>

#include <atomic>

namespace asio_fs::detail {

class engine;

// Memory that an engine's ring knows under a number, so that the kernel need not pin its pages for every transfer.
// Its owner takes it out of the engine before the memory goes.
class buffer_registration : public boost::intrusive::list_base_hook<>
{
public:
    explicit buffer_registration(const iovec& range) noexcept : memory(range) {}
    buffer_registration(const buffer_registration&) = delete;
    buffer_registration& operator=(const buffer_registration&) = delete;

    const iovec memory;
    engine* owner = nullptr;        // null before it is added, and when the context is gone
    std::atomic<int> slot{-1};      // in the table of the owner's ring; -1: not registered
};

} // namespace asio_fs::detail

#endif
