// SPDX-License-Identifier: BSL-1.0

#include "paths.hpp"

#include "usage_error.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace fs = std::filesystem;

namespace arsync {

namespace {

bool ends_with_slash(std::string_view path) { return path.ends_with('/'); }

std::string_view without_slashes(std::string_view path)
{
    while (path.size() > 1 && ends_with_slash(path))
        path.remove_suffix(1);
    return path;
}

std::string last_name(std::string_view path)
{
    path = without_slashes(path);
    return std::string(path.substr(path.rfind('/') + 1));
}

// As rsync does: `dir/`, `.` and `dir/..` name a content, not a directory to be made at the destination.
bool names_content(std::string_view source)
{
    const std::string name = last_name(source);
    return ends_with_slash(source) || name == "." || name == "..";
}

std::string join(std::string directory, std::string_view name)
{
    if (!ends_with_slash(directory))
        directory += '/';
    return directory.append(name);
}

// By device and inode, so that links, bind mounts and `..` deceive nobody. The parts of `path` that do not
// exist lie inside the nearest one that does.
void refuse_overlap(const std::string& source, const std::string& path, bool may_be_inside)
{
    fs::path real = fs::weakly_canonical(path);
    bool inside = false;
    while (true)
    {
        std::error_code ec;
        if (inside && may_be_inside)
            return;
        if (fs::exists(real, ec) && fs::equivalent(source, real))
            throw usage_error(inside ? "the destination lies inside the source"
                                     : "source and destination are the same");
        if (!real.has_relative_path())
            return;
        real = real.parent_path();
        inside = true;
    }
}

copy_paths resolve_directory(const std::string& source, const std::string& destination, bool may_be_inside)
{
    const fs::file_status target = fs::status(destination);
    if (fs::exists(target) && !fs::is_directory(target))
        throw usage_error("a directory cannot be copied over a file: the destination is not a directory");
    if (!fs::exists(target) && fs::is_symlink(fs::symlink_status(without_slashes(destination))))
        throw usage_error("the destination is a symbolic link that leads nowhere");

    copy_paths paths;
    if (names_content(source))
    {
        // The dot follows a symbolic link on the command line, and none that takes its place later.
        paths.source = join(source, ".");
        paths.destination =
            fs::exists(target) ? join(destination, ".") : std::string(without_slashes(destination));
    }
    else
    {
        paths.source = source;
        paths.name = last_name(source);
        paths.destination = join(destination, paths.name);
        const fs::file_status there = fs::symlink_status(paths.destination);
        paths.replaces_other = fs::exists(there) && !fs::is_directory(there);
        if (!fs::exists(target))
            paths.parent_to_create = destination;
    }
    refuse_overlap(paths.source, paths.destination, may_be_inside);
    return paths;
}

copy_paths resolve_single(const std::string& source, const std::string& destination, bool several)
{
    const fs::file_status target = fs::status(destination);
    if (several && fs::exists(target) && !fs::is_directory(target))
        throw usage_error("several sources can only be copied into a directory");
    const bool into = several || fs::is_directory(target) || ends_with_slash(destination);
    copy_paths paths;
    paths.source = source;
    paths.name = last_name(source);
    paths.destination = into ? join(destination, paths.name) : destination;
    if (into && !fs::exists(destination))
        paths.parent_to_create = destination;

    // A link that leads to the source may be replaced by a copy; the source itself may not.
    const auto identity = [](const std::string& path)
    {
        const fs::path name = path;
        const fs::path directory = name.has_parent_path() ? name.parent_path() : fs::path(".");
        return fs::weakly_canonical(directory) / name.filename();
    };
    std::error_code ec;
    if (identity(paths.source) == identity(paths.destination))
        throw usage_error("source and destination are the same");
    if (fs::is_regular_file(fs::symlink_status(paths.source)) &&
        fs::is_regular_file(fs::symlink_status(paths.destination, ec)) &&
        fs::equivalent(paths.source, paths.destination))
        throw usage_error("source and destination are the same");
    return paths;
}

} // namespace

copy_paths resolve_paths(const std::string& source, const std::string& destination, bool several,
                         bool may_be_inside)
{
    // A link that is named without a slash is copied as a link.
    struct stat kind
    {};
    if (::fstatat(AT_FDCWD, source.c_str(), &kind, names_content(source) ? 0 : AT_SYMLINK_NOFOLLOW) != 0)
        throw fs::filesystem_error("stat", source, std::error_code(errno, std::system_category()));
    copy_paths paths = S_ISDIR(kind.st_mode) ? resolve_directory(source, destination, may_be_inside)
                                             : resolve_single(source, destination, several);
    paths.is_directory = S_ISDIR(kind.st_mode);
    return paths;
}

} // namespace arsync
