// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_CANCELLABLE_HPP
#define ASIO_FS_OP_CANCELLABLE_HPP

#include <asio_fs/config.hpp>

namespace asio_fs::op {

/// Until when an operation can be cancelled. Afterwards it completes with its own result.
enum class cancellable : unsigned char
{
    until_begun,   ///< until the kernel begins it
    while_waiting, ///< also while it waits for others: the far end of a fifo, a lock, a server that allows it
    any_time,      ///< also half-way, where the file system allows it; a part may be done then
    never          ///< not at all
};

/// As a table says it, for example "until it begins".
constexpr const char* describe(cancellable until) noexcept
{
    switch (until)
    {
    case cancellable::until_begun:
        return "until it begins";
    case cancellable::while_waiting:
        return "while it waits";
    case cancellable::any_time:
        return "at any time";
    case cancellable::never:
        return "never";
    }
    return "";
}

} // namespace asio_fs::op

#endif
