// SPDX-License-Identifier: BSL-1.0

#include "json_report.hpp"

#include "counters.hpp"
#include "json_writer.hpp"

#include <asio_fs/version.hpp>

#include <algorithm>
#include <cstring>

namespace arsync {

namespace {

// "ENOENT"; the number where the C library knows no name.
std::string errno_name(int code)
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 32))
    if (const char* name = ::strerrorname_np(code))
        return name;
#endif
    return std::to_string(code);
}

void write_failures(json_writer& json, const asio_fs::copy_report& report)
{
    json.key("failures").begin('[');
    for (const asio_fs::tree_error& failure : report.failures)
    {
        json.begin('{');
        json.key("path").value(failure.path);
        json.key("step").value(failure.step);
        json.key("errno").value(errno_name(failure.code.value()));
        json.key("message").value(failure.code.message());
        json.end('}');
    }
    json.end(']');
}

} // namespace

std::string json_report(const command_line& line, const outcome& done)
{
    json_writer json;
    json.begin('{');
    json.key("program").value("arsync");
    json.key("version").value(ASIO_FS_VERSION_STRING);
    json.key("arguments").begin('[');
    for (const std::string& argument : line.arguments)
        json.value(argument);
    json.end(']');
    json.key("dry_run").value(line.copy.dry_run);
    json.key("status").value(static_cast<int>(done.status()));
    json.key("interrupted").value(done.interrupted);
    json.key("seconds").value(done.seconds);

    json.key("counters").begin('{');
    for (const counter& one : counters)
        json.key(one.name).value(done.report.*one.count);
    json.end('}');

    const double seconds = std::max(done.seconds, 1e-6);
    const auto bytes = static_cast<double>(done.report.bytes_copied + done.report.bytes_cloned);
    json.key("files_per_second").value(static_cast<double>(done.report.files) / seconds);
    json.key("bytes_per_second").value(bytes / seconds);
    write_failures(json, done.report);
    json.end('}');
    return json.take();
}

} // namespace arsync
