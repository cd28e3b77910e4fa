// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_USAGE_ERROR_HPP
#define ARSYNC_USAGE_ERROR_HPP

#include <stdexcept>

namespace arsync {

/// Something is wrong with what the user asked for, and nothing has been done yet.
class usage_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

} // namespace arsync

#endif
