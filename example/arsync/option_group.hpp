// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_OPTION_GROUP_HPP
#define ARSYNC_OPTION_GROUP_HPP

#include "option.hpp"

#include <span>

namespace arsync {

/// Options that --help lists together.
struct option_group
{
    /// The line above them; null if they are not listed.
    const char* title;

    std::span<const option> options;
};

} // namespace arsync

#endif
