// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_OPTION_TABLE_HPP
#define ARSYNC_OPTION_TABLE_HPP

#include "option.hpp"
#include "option_group.hpp"

#include <array>
#include <span>
#include <string_view>

namespace arsync {

/// The options, by what they are about.
/// @{
std::span<const option> preserve_options();
std::span<const option> selection_options();
std::span<const option> transfer_options();
std::span<const option> output_options();
/// @}

/// Options of rsync that mean nothing here, with what is said to those who try.
std::span<const option> refused_options();

/// All of them, in the order of --help.
std::array<option_group, 5> option_groups();

/// The option of a long name, or of a letter with a hyphen in front; null if there is none.
const option* find_option(std::string_view key);

/// The option that --help lists whose name is most like `name`; empty if none is near.
std::string_view nearest_option(std::string_view name);

} // namespace arsync

#endif
