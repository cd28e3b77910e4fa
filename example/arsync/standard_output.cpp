// SPDX-License-Identifier: BSL-1.0

#include "standard_output.hpp"

#include <cerrno>
#include <cstdio>

namespace arsync {

void standard_output::print(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        take_down();
}

void standard_output::flush()
{
    if (std::fflush(stdout) != 0)
        take_down();
}

void standard_output::take_down()
{
    if (error_ == 0 && errno != EPIPE)
        error_ = errno;
}

} // namespace arsync
