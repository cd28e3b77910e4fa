// SPDX-License-Identifier: BSL-1.0

#include "outcome.hpp"

#include "counters.hpp"

#include <iterator>
#include <utility>

namespace arsync {

void outcome::add(asio_fs::copy_report part)
{
    add_counters(report, part);
    report.failures.insert(report.failures.end(), std::make_move_iterator(part.failures.begin()),
                           std::make_move_iterator(part.failures.end()));
}

exit_status outcome::status() const
{
    if (interrupted)
        return exit_status::interrupted;
    if (no_destination)
        return exit_status::file_io;
    if (report.errors == 0)
        return exit_status::success;
    return report.vanished == report.errors ? exit_status::vanished : exit_status::partial;
}

} // namespace arsync
