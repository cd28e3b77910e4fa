// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_EXIT_STATUS_HPP
#define ARSYNC_EXIT_STATUS_HPP

namespace arsync {

/// The exit status of the program; the numbers are rsync's.
enum class exit_status : int
{
    success = 0,      ///< everything was copied
    usage = 1,        ///< the command line makes no sense; nothing was done
    file_io = 11,     ///< the destination, the report or the output could not be written
    interrupted = 20, ///< stopped by a signal
    partial = 23,     ///< some entries could not be copied, each was named
    vanished = 24     ///< the same, and all of them went from the source before they could be copied
};

} // namespace arsync

#endif
