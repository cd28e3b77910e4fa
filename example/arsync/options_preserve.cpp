// SPDX-License-Identifier: BSL-1.0

#include "option_table.hpp"

// What is preserved.

namespace arsync {

namespace {

using asio_fs::preserve_flags;

constexpr preserve_flags archive = preserve_flags::symlinks | preserve_flags::mode |
                                   preserve_flags::modification_time | preserve_flags::owner |
                                   preserve_flags::devices;

// ACLs hold the permissions, too.
constexpr preserve_flags acls_and_mode = preserve_flags::acls | preserve_flags::mode;

template <preserve_flags What>
void request(command_line& line, const std::string&)
{
    line.preserve.request(What);
}

template <preserve_flags What>
void decline(command_line& line, const std::string&)
{
    line.preserve.decline(What);
}

void request_archive(command_line& line, const std::string&)
{
    line.preserve.request(archive);
    line.preserve.request_recursion();
}

void request_recursion(command_line& line, const std::string&)
{
    line.preserve.request_recursion();
    line.enter_listed = true;
}

void decline_recursion(command_line& line, const std::string&)
{
    line.preserve.decline_recursion();
    line.enter_listed = false;
}

void omit_directory_times(command_line& line, const std::string&) { line.preserve.omit_directory_times(); }

using enum preserve_flags;

constexpr option table[] = {
    {"archive", 'a', nullptr, "the same as -rlptgoD, without -H, -A, -X, -S and -U", request_archive},
    {"recursive", 'r', nullptr, "enter directories", request_recursion},
    {"links", 'l', nullptr, "copy symbolic links, as links", request<symlinks>},
    {"perms", 'p', nullptr, "preserve permissions", request<mode>},
    {"times", 't', nullptr, "preserve modification times, in nanoseconds", request<modification_time>},
    {"atimes", 'U', nullptr, "preserve times of access", request<access_time>},
    {"omit-dir-times", 'O', nullptr, "preserve no times of directories", omit_directory_times},
    {"group", 'g', nullptr, "preserve the group", request<group>},
    {"owner", 'o', nullptr, "preserve the owner, as far as permitted", request<user>},
    {"", 'D', nullptr, "the same as --devices --specials", request<devices>},
    {"devices", 0, nullptr, "copy device files", request<device_files>},
    {"specials", 0, nullptr, "copy fifos and sockets", request<special_files>},
    {"hard-links", 'H', nullptr, "names of one file stay names of one file", request<links>},
    {"acls", 'A', nullptr, "preserve access control lists, and permissions", request<acls_and_mode>},
    {"preserve-acl", 0, nullptr, "the same as --acls", request<acls_and_mode>},
    {"xattrs", 'X', nullptr, "preserve extended attributes, labels and capabilities", request<xattrs>},
    {"preserve-xattr", 0, nullptr, "the same as --xattrs", request<xattrs>},
    {"sparse", 'S', nullptr, "holes stay holes; else they are not looked for", request<sparse>},
    {"no-recursive", 0, nullptr, "do not enter directories", decline_recursion},
    {"no-links", 0, nullptr, "copy no symbolic links", decline<symlinks>},
    {"no-perms", 0, nullptr, "do not preserve permissions", decline<mode>},
    {"no-times", 0, nullptr, "do not preserve modification times", decline<modification_time>},
    {"no-atimes", 0, nullptr, "do not preserve times of access", decline<access_time>},
    {"no-group", 0, nullptr, "do not preserve the group", decline<group>},
    {"no-owner", 0, nullptr, "do not preserve the owner", decline<user>},
    {"no-devices", 0, nullptr, "copy no device files", decline<device_files>},
    {"no-specials", 0, nullptr, "copy no fifos and sockets", decline<special_files>},
    {"no-hard-links", 0, nullptr, "each name becomes a file of its own", decline<links>},
    {"no-acls", 0, nullptr, "do not preserve access control lists", decline<acls>},
    {"no-preserve-acl", 0, nullptr, "the same as --no-acls", decline<acls>},
    {"no-xattrs", 0, nullptr, "do not preserve extended attributes", decline<xattrs>},
    {"no-preserve-xattr", 0, nullptr, "the same as --no-xattrs", decline<xattrs>},
    {"no-sparse", 0, nullptr, "do not look for holes", decline<sparse>},
    {"no-r", 0, nullptr, nullptr, decline_recursion},
    {"no-l", 0, nullptr, nullptr, decline<symlinks>},
    {"no-p", 0, nullptr, nullptr, decline<mode>},
    {"no-t", 0, nullptr, nullptr, decline<modification_time>},
    {"no-U", 0, nullptr, nullptr, decline<access_time>},
    {"no-g", 0, nullptr, nullptr, decline<group>},
    {"no-o", 0, nullptr, nullptr, decline<user>},
    {"no-D", 0, nullptr, nullptr, decline<devices>},
    {"no-H", 0, nullptr, nullptr, decline<links>},
    {"no-A", 0, nullptr, nullptr, decline<acls>},
    {"no-X", 0, nullptr, nullptr, decline<xattrs>},
    {"no-S", 0, nullptr, nullptr, decline<sparse>},
};

} // namespace

std::span<const option> preserve_options() { return table; }

} // namespace arsync
