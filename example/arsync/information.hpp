// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_INFORMATION_HPP
#define ARSYNC_INFORMATION_HPP

namespace arsync {

/// Choose what the program tells about itself instead of copying.
enum class information : unsigned char
{
    none, ///< it copies
    help,
    version,
    version_as_json, ///< with what it can do here
    capabilities     ///< what runs each operation here
};

} // namespace arsync

#endif
