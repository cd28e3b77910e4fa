// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_CAPABILITIES_IPP
#define ASIO_FS_IMPL_CAPABILITIES_IPP

#include <asio_fs/capabilities.hpp>

#include <iomanip>
#include <ostream>

namespace asio_fs {

std::ostream& operator<<(std::ostream& out, const capability_list& list)
{
    const std::ios_base::fmtflags flags = out.flags();
    out << std::left << std::setw(18) << "operation" << std::setw(9) << "engine" << "why\n";
    for (const capability& c : list)
    {
        out << std::setw(18) << c.info.name;
        if (c.engine == engine_kind::ring)
            out << std::setw(9) << "ring" << "opcode " << c.info.opcode;
        else
            out << std::setw(9) << "workers" << c.reason;
        out << '\n';
    }
    out.flags(flags);
    return out;
}

} // namespace asio_fs

#endif
