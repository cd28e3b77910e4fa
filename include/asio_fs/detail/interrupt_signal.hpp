// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_INTERRUPT_SIGNAL_HPP
#define ASIO_FS_DETAIL_INTERRUPT_SIGNAL_HPP

#include <asio_fs/config.hpp>

#include <csignal>

namespace asio_fs::detail {

// The signal that makes a blocked system call of a worker thread return EINTR, or 0 when the program has taken
// them all. It is the highest real-time signal without a handler at first use; only our own threads are ever
// sent it, and all others are left as they are.
inline int interrupt_signal() noexcept
{
    static const int chosen = [] {
        for (int s = SIGRTMAX; s >= SIGRTMIN; --s)
        {
            struct sigaction now;
            if (sigaction(s, nullptr, &now) != 0 || (now.sa_flags & SA_SIGINFO) != 0 || now.sa_handler != SIG_DFL)
                continue;
            struct sigaction nothing = {};
            nothing.sa_handler = [](int) {};   // no SA_RESTART: the call must return
            if (sigaction(s, &nothing, nullptr) == 0)
                return s;
        }
        return 0;
    }();
    return chosen;
}

} // namespace asio_fs::detail

#endif
