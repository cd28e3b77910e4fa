// SPDX-License-Identifier: BSL-1.0

#include "capabilities_text.hpp"

#include "json_writer.hpp"

#include <boost/asio/io_context.hpp>

#include <ctime>
#include <sstream>
#include <sys/types.h>

#include <asio_fs.hpp>

namespace arsync {

namespace {

// rsync's names, for what arsync does or does not do; scripts ask for them.
void write_capabilities(json_writer& json)
{
    json.key("capabilities").begin('{');
    json.key("file_bits").value(8 * sizeof(off_t));
    json.key("inum_bits").value(8 * sizeof(ino_t));
    json.key("timestamp_bits").value(8 * sizeof(std::time_t));
    for (const char* name : {"symlinks", "symtimes", "hardlinks", "hardlink_specials", "hardlink_symlinks",
                             "atimes", "inplace", "ACLs", "xattrs"})
        json.key(name).value(true);
    for (const char* name :
         {"IPv6", "batchfiles", "append", "secluded_args", "iconv", "prealloc", "stop_at", "crtimes"})
        json.key(name).value(false);
    json.end('}');
}

void write_methods(json_writer& json)
{
    json.key("copy_method_list").begin('[');
    for (const char* name : {"automatic", "reflink", "copy_file_range", "splice", "read_write", "direct"})
        json.value(name);
    json.end(']');
}

void write_operations(json_writer& json)
{
    boost::asio::io_context ctx;
    json.key("operations").begin('{');
    for (const asio_fs::capability& one : asio_fs::capabilities(ctx))
        json.key(one.info.name).value(one.engine == asio_fs::engine_kind::ring ? "io_uring" : "threads");
    json.end('}');
}

} // namespace

std::string capabilities_text()
{
    boost::asio::io_context ctx;
    std::ostringstream text;
    text << asio_fs::capabilities(ctx);
    return text.str();
}

std::string version_json()
{
    json_writer json;
    json.begin('{');
    json.key("program").value("arsync");
    json.key("version").value(ASIO_FS_VERSION_STRING);
    write_capabilities(json);
    json.key("checksum_list").begin('[').end(']');
    json.key("compress_list").begin('[').end(']');
    write_methods(json);
    write_operations(json);
    json.key("license").value("BSL-1.0");
    json.end('}');
    return json.take();
}

} // namespace arsync
