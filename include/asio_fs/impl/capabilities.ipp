// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_CAPABILITIES_IPP
#define ASIO_FS_IMPL_CAPABILITIES_IPP

#include <asio_fs/capabilities.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

namespace asio_fs {

std::ostream& operator<<(std::ostream& out, const capability_list& list)
{
    using row = std::array<std::string, 7>;
    std::vector<row> table{{"operation", "engine", "opcode", "Linux", "cancellable", "manual page", "why"}};
    for (const capability& c : list)
    {
        table.push_back({c.info.name, c.engine == engine_kind::ring ? "ring" : "workers",
            c.info.opcode == op::no_opcode ? "no opcode" : std::to_string(c.info.opcode), c.info.kernel,
            op::describe(c.info.cancel), c.info.man, c.reason});
    }
    std::array<std::size_t, std::tuple_size_v<row>> widths{};
    for (const row& cells : table)
        for (std::size_t i = 0; i != cells.size(); ++i)
            widths[i] = std::max(widths[i], cells[i].size());
    for (const row& cells : table)
    {
        std::string line;
        for (std::size_t i = 0; i != cells.size(); ++i)
            line.append(cells[i]).append(widths[i] + 2 - cells[i].size(), ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
    return out;
}

} // namespace asio_fs

#endif
