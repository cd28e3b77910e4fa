// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_TOKEN_FIXTURE_HPP
#define ASIO_FS_TEST_TOKEN_FIXTURE_HPP

#include "op/runner.hpp"

#include <asio_fs/async_semaphore.hpp>
#include <asio_fs/extended_dir.hpp>
#include <asio_fs/tree_walker.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <sys/stat.h>
#include <sys/xattr.h>

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace asio_fs::test {

// The state of the objects that a call is made on.
enum class state
{
    open,
    closed,
    moved_from
};

// An io_context with an engine, and what the calls of the table need: objects, buffers, and names that are
// new each time. Whatever a call is given lives as long as this.
template <class Executor = asio::any_io_executor>
struct fixture
{
    using file_type = basic_extended_file<Executor>;
    using dir_type = basic_extended_dir<Executor>;
    using walker_type = basic_tree_walker<Executor>;
    using semaphore_type = basic_async_semaphore<Executor>;

    explicit fixture(engine_choice e, state objects = state::open)
        : ctx(e),
          executor(ctx.get_executor()),
          dir(executor, s.files.path()),
          file(executor, s.files.file("f", std::string(8192, 'x')), file_base::read_write),
          other(executor, s.files.file("g", ""), file_base::read_write),
          objects_(objects)
    {
        BOOST_TEST_REQUIRE(::symlink("f", (s.files / "link").c_str()) == 0);
        if (objects == state::closed)
            close();
        else if (objects == state::moved_from)
        {
            keep_.push_back(std::move(file));
            keep_.push_back(std::move(other));
            keep_dirs_.push_back(std::move(dir));
        }
    }

    // Cancels what is in flight on the objects that most calls are made on.
    void cancel()
    {
        file.cancel();
        other.cancel();
        dir.cancel();
        for (file_type& f : keep_)
            f.cancel();
    }

    void close()
    {
        file.close();
        other.close();
        dir.close();
        for (file_type& f : keep_)
            f.close();
    }

    void run()
    {
        ctx.restart();
        ctx.run();
    }

    // Objects for calls that open or close something.
    file_type& closed_file() { return keep_.emplace_back(executor); }
    dir_type& closed_dir() { return keep_dirs_.emplace_back(executor); }
    file_type& file_to_close() { return keep_.emplace_back(executor, s.files / "f", file_base::read_only); }
    walker_type& walker() { return walkers_.emplace_back(executor, s.files.path()); }
    semaphore_type& semaphore() { return semaphores_.emplace_back(executor, 2); }

    std::string name() { return "n" + std::to_string(++names_); }
    std::string path() { return s.files / name(); }
    std::string path_of_f() const { return s.files / "f"; }

    // New names that exist.
    std::string made()
    {
        const std::string n = name();
        s.file(n);
        return n;
    }

    std::string path_of_made() { return s.files / made(); }

    // For each call its own, since all may be under way at once.
    asio::mutable_buffer room() { return asio::buffer(rooms.emplace_back()); }
    dir_batch& batch() { return batches.emplace_back(); }
    std::vector<walk_entry>& entries() { return walked.emplace_back(); }

    // Attributes that a call may remove.
    std::string attributed()
    {
        const std::string n = made();
        ::setxattr((s.files / n).c_str(), "user.a", "v", 1, 0);
        return n;
    }

    file_type& attributed_file()
    {
        const std::string n = attributed();
        if (objects_ != state::open)
            return file;
        return keep_.emplace_back(executor, s.files / n, file_base::read_write);
    }

    // Nothing of this is const: calls borrow it.
    scratch s;
    // Operations in flight write here until the context is gone.
    std::deque<dir_batch> batches;
    std::deque<std::vector<walk_entry>> walked;
    std::deque<std::array<char, 4096>> rooms;
    context ctx;
    Executor executor;
    dir_type dir;
    file_type file, other;
    asio::const_buffer value = asio::buffer("v", 1);
    file_times times{.mtime = {1, 2}};
    uid_t uid = ::geteuid();
    gid_t gid = ::getegid();
    std::string label = "system_u:object_r:etc_t:s0";

private:
    std::deque<file_type> keep_;
    std::deque<dir_type> keep_dirs_;
    std::deque<walker_type> walkers_;
    std::deque<semaphore_type> semaphores_;
    state objects_;
    int names_ = 0;
};

// What a call of the table may end with: not every file system can share blocks or has attributes, and labels
// are for the privileged to set, and absent where they could not.
inline bool succeeded(error_code ec)
{
    return !ec || ec == system_error_code(EOPNOTSUPP) || ec == system_error_code(EPERM)
        || ec == system_error_code(ENODATA);
}

} // namespace asio_fs::test

#endif
