// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_LIST_FILE_HPP
#define ARSYNC_LIST_FILE_HPP

#include <string>
#include <vector>

namespace arsync {

/// Read a file of names or rules, one a line, or each ended by a zero byte. As in rsync, empty
/// ones are left out, and those that begin with `#` or `;`. `-` stands for standard input. Throws usage_error
/// where it cannot be read.
std::vector<std::string> read_list_file(const std::string& file, bool zero_ended);

} // namespace arsync

#endif
