// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_ID_NAMES_IPP
#define ASIO_FS_IMPL_ID_NAMES_IPP

#include <asio_fs/detail/id_names.hpp>

#include <grp.h>
#include <pwd.h>

#include <cerrno>
#include <vector>

namespace asio_fs::detail {

// Calls one of the *_r functions with a buffer that grows until it suffices, and gives the record to `use`.
template <class Record, class Call, class Use>
void look_up(Call call, Use use)
{
    constexpr std::size_t most = std::size_t(1) << 24;
    for (std::vector<char> buffer(1024); buffer.size() <= most; buffer.resize(buffer.size() * 4))
    {
        Record record;
        Record* found = nullptr;
        const int error = call(&record, buffer.data(), buffer.size(), &found);
        if (error == ERANGE)
            continue;
        if (found)
            use(*found);
        return;
    }
}

ASIO_FS_DECL std::string user_name(uid_t id)
{
    std::string name;
    look_up<::passwd>([&](::passwd* p, char* b, std::size_t n, ::passwd** found)
                      { return ::getpwuid_r(id, p, b, n, found); },
                      [&](const ::passwd& p) { name = p.pw_name; });
    return name;
}

ASIO_FS_DECL std::string group_name(gid_t id)
{
    std::string name;
    look_up<::group>([&](::group* g, char* b, std::size_t n, ::group** found)
                     { return ::getgrgid_r(id, g, b, n, found); },
                     [&](const ::group& g) { name = g.gr_name; });
    return name;
}

ASIO_FS_DECL std::optional<uid_t> user_id(const std::string& name)
{
    std::optional<uid_t> id;
    look_up<::passwd>([&](::passwd* p, char* b, std::size_t n, ::passwd** found)
                      { return ::getpwnam_r(name.c_str(), p, b, n, found); },
                      [&](const ::passwd& p) { id = p.pw_uid; });
    return id;
}

ASIO_FS_DECL std::optional<gid_t> group_id(const std::string& name)
{
    std::optional<gid_t> id;
    look_up<::group>([&](::group* g, char* b, std::size_t n, ::group** found)
                     { return ::getgrnam_r(name.c_str(), g, b, n, found); },
                     [&](const ::group& g) { id = g.gr_gid; });
    return id;
}

} // namespace asio_fs::detail

#endif
