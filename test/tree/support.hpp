// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_TREE_SUPPORT_HPP
#define ASIO_FS_TEST_TREE_SUPPORT_HPP

#include <asio_fs/detail/tree/copy_file_job.hpp>
#include <asio_fs/detail/tree/copy_tree_job.hpp>
#include <asio_fs/detail/tree/remove_tree_job.hpp>
#include <asio_fs/unique_fd.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace asio_fs::test {

// Where files are in memory, for tests that make many.
inline const char* in_memory() { return ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : nullptr; }

// A new directory that goes with everything in it, however deep that is.
class scratch
{
public:
    explicit scratch(const char* parent = nullptr)
    {
        const char* const set = std::getenv("TMPDIR");
        path_ = std::string(parent ? parent : set ? set : "/tmp") + "/asio_fs_tree.XXXXXX";
        if (!::mkdtemp(path_.data()))
            throw std::runtime_error("mkdtemp " + path_);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch()
    {
        detail::stop_flag stop;
        remove_report report;
        detail::remove_tree_job({AT_FDCWD, path_}, {}, stop).run(report);
    }

    const std::string& path() const { return path_; }
    std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

private:
    std::string path_;
};

inline void make_dir(const std::string& path, mode_t mode = 0755)
{
    BOOST_REQUIRE_EQUAL(::mkdir(path.c_str(), mode), 0);
    BOOST_REQUIRE_EQUAL(::chmod(path.c_str(), mode), 0);
}

inline void make_file(const std::string& path, std::string_view content, mode_t mode = 0644)
{
    std::ofstream(path, std::ios::binary) << content;
    BOOST_REQUIRE_EQUAL(::chmod(path.c_str(), mode), 0);
}

inline std::string content_of(const std::string& path)
{
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(content).str();
}

inline struct ::stat status_of(const std::string& path)
{
    struct ::stat status = {};
    BOOST_CHECK_MESSAGE(::lstat(path.c_str(), &status) == 0, "lstat " << path);
    return status;
}

inline bool exists(const std::string& path)
{
    struct ::stat status;
    return ::lstat(path.c_str(), &status) == 0;
}

inline void set_mtime(const std::string& path, time_t seconds)
{
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    BOOST_REQUIRE_EQUAL(::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW), 0);
}

// The result of a job and its report, together.
template <class Report>
struct finished
{
    detail::error_code error;
    Report report;

    // Whether there is exactly one failure, with this entry and this error.
    bool only_failure(std::string_view path, int code) const
    {
        return report.errors == 1 && report.failures.size() == 1 && report.failures[0].path == path &&
               report.failures[0].code == detail::errno_code(code) && !report.failures[0].step.empty();
    }
};

inline finished<copy_report> copy_tree(const std::string& from, const std::string& to,
                                       const copy_options& options = {})
{
    detail::stop_flag stop;
    finished<copy_report> result;
    result.error = detail::copy_tree_job({AT_FDCWD, from}, {AT_FDCWD, to}, options, stop).run(result.report);
    return result;
}

inline finished<copy_report> copy_file(const std::string& from, const std::string& to,
                                       const copy_options& options = {})
{
    detail::stop_flag stop;
    finished<copy_report> result;
    result.error = detail::copy_file_job({AT_FDCWD, from}, {AT_FDCWD, to}, options, stop).run(result.report);
    return result;
}

inline finished<remove_report> remove_tree(const std::string& root, const remove_options& options = {})
{
    detail::stop_flag stop;
    finished<remove_report> result;
    result.error = detail::remove_tree_job({AT_FDCWD, root}, options, stop).run(result.report);
    return result;
}

template <class Report>
std::ostream& operator<<(std::ostream& out, const finished<Report>& result)
{
    out << result.error.message();
    for (const tree_error& failure : result.report.failures)
        out << "\n  " << failure.path << ": " << failure.step << ": " << failure.code.message();
    return out;
}

// Runs a program of test/tools and returns what it prints.
inline std::string run_tool(const std::string& command)
{
    std::string output;
    if (FILE* const pipe = ::popen((std::string(ASIO_FS_TEST_TOOLS) + "/" + command + " 2>&1").c_str(), "r"))
    {
        char buffer[4096];
        while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe))
            output.append(buffer, n);
        const int status = ::pclose(pipe);
        if (status != 0)
            output += "exit status " + std::to_string(status);
    }
    return output;
}

// A directory for each level of a tree too deep for any path; every tenth level has a second one with a file.
inline void make_deep_tree(const std::string& path, int levels)
{
    make_dir(path);
    unique_fd at{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    for (int level = 0; level < levels; ++level)
    {
        if (level % 10 == 0)
        {
            BOOST_REQUIRE_EQUAL(::mkdirat(at.get(), "side", 0755), 0);
            const unique_fd side{::openat(at.get(), "side", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
            const unique_fd file{::openat(side.get(), "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0644)};
            BOOST_REQUIRE_EQUAL(::write(file.get(), "x", 1), 1);
        }
        BOOST_REQUIRE_EQUAL(::mkdirat(at.get(), "d", 0755), 0);
        at.reset(::openat(at.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }
}

// Preconditions of test cases.
struct as_root
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        boost::test_tools::assertion_result result(::geteuid() == 0);
        result.message() << "needs root";
        return result;
    }
};

struct can_mount
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        const scratch where;
        boost::test_tools::assertion_result result(
            ::mount("tmpfs", where.path().c_str(), "tmpfs", 0, nullptr) == 0);
        if (result)
            ::umount2(where.path().c_str(), MNT_DETACH);
        result.message() << "needs the right to mount file systems";
        return result;
    }
};

} // namespace asio_fs::test

#endif
