// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_FILE_GATE_HPP
#define ASIO_FS_DETAIL_TREE_FILE_GATE_HPP

#include <asio_fs/config.hpp>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace asio_fs::detail {

/// Bound how many files are open for copying at the same time. A lane never waits for a pass while it has
/// one.
class file_gate
{
public:
    /// The permission to have one file open.
    class pass
    {
    public:
        pass() = default;
        pass(pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
        pass& operator=(pass&& other) noexcept
        {
            std::swap(gate_, other.gate_);
            return *this;
        }
        ~pass() { reset(); }

        void reset() noexcept
        {
            if (gate_)
                std::exchange(gate_, nullptr)->leave();
        }
        explicit operator bool() const noexcept { return gate_ != nullptr; }

    private:
        friend class file_gate;
        explicit pass(file_gate& gate) noexcept : gate_(&gate) {}

        file_gate* gate_ = nullptr;
    };

    /// @param most  0 for no bound.
    explicit file_gate(unsigned most) noexcept : bounded_(most != 0), free_(most) {}

    /// Wait for a pass, which is empty if there is no bound.
    pass enter()
    {
        if (!bounded_)
            return {};
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return free_ != 0; });
        --free_;
        return pass(*this);
    }

private:
    void leave() noexcept
    {
        const std::lock_guard lock(mutex_);
        ++free_;
        wake_.notify_one();
    }

    const bool bounded_;
    std::mutex mutex_;
    std::condition_variable wake_;
    unsigned free_;
};

} // namespace asio_fs::detail

#endif
