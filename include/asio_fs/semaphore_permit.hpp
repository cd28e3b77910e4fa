// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_SEMAPHORE_PERMIT_HPP
#define ASIO_FS_SEMAPHORE_PERMIT_HPP

#include <asio_fs/config.hpp>

#include <cstddef>
#include <utility>

namespace asio_fs {

/// Owns permits that were acquired, and releases them at the end of its life.
/**
 * The semaphore must outlive it, and stay where it is.
 */
template <class Semaphore>
class semaphore_permit
{
public:
    /// Takes over permits that the caller has acquired.
    /**
     * @param semaphore where they are from
     * @param n how many
     */
    explicit semaphore_permit(Semaphore& semaphore, std::size_t n = 1) noexcept
        : semaphore_(&semaphore), n_(n)
    {}

    /// Takes over the permits of another object, which owns none from here on.
    semaphore_permit(semaphore_permit&& other) noexcept
        : semaphore_(other.semaphore_), n_(std::exchange(other.n_, 0))
    {}

    /// Releases its permits and takes over the other's.
    semaphore_permit& operator=(semaphore_permit&& other) noexcept
    {
        if (this != &other)
        {
            reset();
            semaphore_ = other.semaphore_;
            n_ = std::exchange(other.n_, 0);
        }
        return *this;
    }

    ~semaphore_permit() { reset(); }

    /// How many permits it owns.
    std::size_t count() const noexcept { return n_; }

    /// Releases the permits now.
    void reset()
    {
        if (const std::size_t n = std::exchange(n_, 0))
            semaphore_->release(n);
    }

    /// Gives the permits up without releasing them: they are the caller's again.
    std::size_t release() noexcept { return std::exchange(n_, 0); }

private:
    Semaphore* semaphore_;
    std::size_t n_;
};

} // namespace asio_fs

#endif
