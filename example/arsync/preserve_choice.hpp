// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_PRESERVE_CHOICE_HPP
#define ARSYNC_PRESERVE_CHOICE_HPP

#include <asio_fs/preserve_flags.hpp>

namespace arsync {

/// What is to be preserved, gathered from options one after another: the last word on a property counts.
///
/// As long as nothing was asked for, that is everything but what was declined; from the first request on, it
/// is what was requested.
class preserve_choice
{
public:
    /// The user asks for properties.
    void request(asio_fs::preserve_flags what)
    {
        requested_ |= what;
        declined_ &= ~what;
        any_request_ = true;
    }

    /// The user does not want properties.
    void decline(asio_fs::preserve_flags what)
    {
        requested_ &= ~what;
        declined_ |= what;
    }

    /// The user asks for directories to be entered. This is a request like the others.
    void request_recursion()
    {
        recursion_requested_ = true;
        recursion_declined_ = false;
        any_request_ = true;
    }

    /// The user does not want directories to be entered.
    void decline_recursion()
    {
        recursion_requested_ = false;
        recursion_declined_ = true;
    }

    /// Times of directories stay as the copy makes them, whatever else is said about times.
    void omit_directory_times() { directory_times_ = asio_fs::preserve_flags::none; }

    /// What is to be preserved.
    asio_fs::preserve_flags flags() const
    {
        using asio_fs::preserve_flags;
        const preserve_flags chosen = any_request_ ? requested_ : ~declined_;
        const bool times = (chosen & preserve_flags::times) != preserve_flags::none;
        return (chosen & ~preserve_flags::directory_times) |
               (times ? directory_times_ : preserve_flags::none);
    }

    /// Whether directories are entered.
    bool recursive() const { return any_request_ ? recursion_requested_ : !recursion_declined_; }

private:
    asio_fs::preserve_flags requested_ = asio_fs::preserve_flags::none;
    asio_fs::preserve_flags declined_ = asio_fs::preserve_flags::none;
    asio_fs::preserve_flags directory_times_ = asio_fs::preserve_flags::directory_times;
    bool recursion_requested_ = false;
    bool recursion_declined_ = false;
    bool any_request_ = false;
};

} // namespace arsync

#endif
