// SPDX-License-Identifier: BSL-1.0

#include "plan.hpp"

#include "list_file.hpp"

#include <asio_fs/error.hpp>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace fs = std::filesystem;

namespace arsync {

namespace {

void take_down(const fs::filesystem_error& e, std::string_view step, console& out, outcome& done)
{
    const asio_fs::error_code code(e.code().value(), boost::system::system_category());
    asio_fs::tree_error failure{e.path1().native(), step, code};
    out.begin("");
    out.failure(failure);
    done.fail(std::move(failure));
}

// The symbolic link on the way to a listed entry, through which the copy does not go; empty if there is none.
std::string link_on_the_way(const std::string& source, const std::string& name)
{
    for (std::size_t end = name.find('/'); end != std::string::npos; end = name.find('/', end + 1))
    {
        struct stat kind
        {};
        const std::string path = source + '/' + name.substr(0, end);
        if (::fstatat(AT_FDCWD, path.c_str(), &kind, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(kind.st_mode))
            return path;
    }
    return {};
}

// An entry that is listed and not there is missed, as a source would be, and so is one behind a link.
void miss_listed(const file_list& list, const std::string& source, console& out, outcome& done)
{
    for (const std::string& name : list.names())
    {
        struct stat kind
        {};
        const std::string path = source + '/' + name;
        if (::fstatat(AT_FDCWD, path.c_str(), &kind, AT_SYMLINK_NOFOLLOW) != 0 && errno != ENAMETOOLONG)
            take_down(fs::filesystem_error("stat", path, std::error_code(errno, std::system_category())),
                      "stat", out, done);
        else if (const std::string link = link_on_the_way(source, name); !link.empty())
        {
            out.message(path + ": not copied: " + link + " is a symbolic link, which is not followed");
            done.fail({path, "open", asio_fs::error_code(ELOOP, boost::system::system_category())});
        }
    }
}

bool stands_in_the_way(const std::string& destination)
{
    const fs::file_status status = fs::symlink_status(destination);
    return fs::exists(status) && !fs::is_directory(status);
}

bool enters(const command_line& line) { return line.preserve.recursive() || line.files_from.has_value(); }

} // namespace

std::vector<source_job> make_plan(const command_line& line, console& out, outcome& done)
{
    std::optional<file_list> list;
    if (line.files_from)
        list.emplace(read_list_file(*line.files_from, line.zero_ended), line.enter_listed);

    std::vector<source_job> jobs;
    for (const std::string& given : line.sources)
    {
        const std::string source = list ? given + '/' : given; // its content
        try
        {
            const bool limited = line.copy.one_file_system || list || !line.rules.empty();
            source_job job{resolve_paths(source, line.destination, line.sources.size() > 1, limited),
                           selection(line.rules, list, "", line.delete_excluded)};
            job.chosen = selection(line.rules, list, job.paths.name, line.delete_excluded);
            if (job.paths.is_directory && !enters(line))
                out.skipping("directory", job.paths.name.empty() ? "." : job.paths.name);
            else if (job.chosen.allows_root(job.paths.is_directory))
            {
                if (list)
                    miss_listed(*list, given, out, done);
                jobs.push_back(std::move(job));
            }
        }
        catch (const fs::filesystem_error& e)
        {
            take_down(e, "stat", out, done);
        }
    }
    return jobs;
}

bool make_room(source_job& job, const command_line& line, console& out, outcome& done)
{
    copy_paths& paths = job.paths;
    const char* step = "stat";
    try
    {
        // A source that went to the same place before may have replaced it.
        const bool in_the_way = paths.replaces_other && stands_in_the_way(paths.destination);
        if (in_the_way && (line.ignore_existing || line.copy.existing_only))
        {
            ++done.report.skipped;
            return false;
        }
        step = "mkdir";
        if (line.copy.dry_run)
        {
            // In its place nothing is, too.
            if (!paths.parent_to_create.empty() && !fs::exists(paths.parent_to_create))
                paths.destination = paths.parent_to_create;
            // What a link leads to is not what the source would be compared with.
            while (in_the_way && fs::exists(fs::symlink_status(paths.destination)))
                paths.destination += '~';
            return true;
        }
        if (!paths.parent_to_create.empty())
            fs::create_directory(paths.parent_to_create);
        else if (const fs::path parent = fs::path(paths.destination).parent_path();
                 !parent.empty() && !fs::exists(parent))
            throw fs::filesystem_error("mkdir", paths.destination,
                                       std::make_error_code(std::errc::no_such_file_or_directory));
        step = line.backup ? "rename (backup)" : "unlink";
        if (in_the_way && line.backup)
            fs::rename(paths.destination, paths.destination + line.backup_suffix);
        else if (in_the_way)
            fs::remove(paths.destination);
        return true;
    }
    catch (const fs::filesystem_error& e)
    {
        take_down(e, step, out, done);
        done.no_destination = true;
        return false;
    }
}

} // namespace arsync
