// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_PROGRESS_MODE_HPP
#define ARSYNC_PROGRESS_MODE_HPP

namespace arsync {

/// Choose where it is shown how far the copy has come.
enum class progress_mode : unsigned char
{
    on_terminal, ///< on a line of its own, if there is a terminal
    always,      ///< without a terminal on a new line now and then
    never
};

} // namespace arsync

#endif
