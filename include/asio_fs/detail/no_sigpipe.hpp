// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_NO_SIGPIPE_HPP
#define ASIO_FS_DETAIL_NO_SIGPIPE_HPP

#include <asio_fs/config.hpp>

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace asio_fs::detail {

// While it lives, SIGPIPE does not reach this thread, as MSG_NOSIGNAL does it for send(2): there is no such
// flag for splice(2), and the signal would end the program.
class no_sigpipe
{
public:
    no_sigpipe() noexcept
    {
        sigset_t pending;
        sigemptyset(&pending);
        ::sigpending(&pending);
        pending_before_ = sigismember(&pending, SIGPIPE) == 1;
        const sigset_t pipe = only_sigpipe();
        ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
    }
    no_sigpipe(const no_sigpipe&) = delete;
    no_sigpipe& operator=(const no_sigpipe&) = delete;
    ~no_sigpipe() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    // After EPIPE: takes away the signal that came with it, unless there was one already.
    void take() noexcept
    {
        const sigset_t pipe = only_sigpipe();
        const timespec at_once = {};
        if (!pending_before_)
            ::sigtimedwait(&pipe, nullptr, &at_once);
    }

private:
    static sigset_t only_sigpipe() noexcept
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGPIPE);
        return set;
    }

    sigset_t before_;
    bool pending_before_;
};

} // namespace asio_fs::detail

#endif
