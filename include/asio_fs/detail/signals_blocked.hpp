// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SIGNALS_BLOCKED_HPP
#define ASIO_FS_DETAIL_SIGNALS_BLOCKED_HPP

#include <asio_fs/detail/interrupt_signal.hpp>

#include <csignal>

namespace asio_fs::detail {

// While it lives, threads that are started inherit a mask in which none of the program's signals reaches them:
// handlers must not run on threads that the program does not know of. The library's own signal stays open.
class signals_blocked
{
public:
    signals_blocked() noexcept
    {
        sigset_t all;
        sigfillset(&all);
        if (const int s = interrupt_signal())
            sigdelset(&all, s);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    signals_blocked(const signals_blocked&) = delete;
    signals_blocked& operator=(const signals_blocked&) = delete;
    ~signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_;
};

} // namespace asio_fs::detail

#endif
