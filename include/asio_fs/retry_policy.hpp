// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_RETRY_POLICY_HPP
#define ASIO_FS_RETRY_POLICY_HPP

#include <asio_fs/config.hpp>

#include <chrono>

namespace asio_fs {

/// Say how often an entry is tried again whose copy failed for a reason that may pass: EINTR, EAGAIN, ENOMEM,
/// EMFILE, ENFILE, ESTALE.
struct retry_policy
{
    /// How many further attempts an entry gets.
    unsigned attempts = 3;

    /// The pause before the first of them; it doubles with each.
    std::chrono::milliseconds delay{10};
};

} // namespace asio_fs

#endif
