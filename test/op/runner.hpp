// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_OP_RUNNER_HPP
#define ASIO_FS_TEST_OP_RUNNER_HPP

#include "support/descriptors.hpp"
#include "support/engines.hpp"
#include "support/temp_dir.hpp"

#include <asio_fs/detail/initiate.hpp>
#include <asio_fs/detail/run.hpp>
#include <asio_fs/extended_file.hpp>
#include <asio_fs/op/op_list.hpp>
#include <asio_fs/unique_fd.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <memory>
#include <optional>
#include <ostream>
#include <type_traits>
#include <utility>

namespace asio_fs::test {

// The ways in which one operation can run. All of them must do the same.
enum class way
{
    call,      // the system call, as the synchronous members make it
    ring,
    workers,
    defaults   // as a program gets it: what is cached is done at once
};

inline std::ostream& operator<<(std::ostream& out, way w)
{
    constexpr const char* names[] = {"call", "ring", "workers", "defaults"};
    return out << names[static_cast<int>(w)];
}

inline error_code system_error_code(int value) { return {value, boost::system::system_category()}; }

template <class T>
struct outcome
{
    error_code ec;
    T value;
};

template <>
struct outcome<void>
{
    error_code ec;
};

// Runs operations in one of the ways.
class runner
{
public:
    explicit runner(way w) : way_(w)
    {
        if (w == way::ring)
            context_ = std::make_unique<context>(engine_choice::ring);
        else if (w == way::workers)
            context_ = std::make_unique<context>(engine_choice::workers);
        else if (w == way::defaults)
            context_ = std::make_unique<context>(engine_choice::defaults);
    }

    way how() const { return way_; }
    context& loop() { return *context_; }

    template <op::operation Op>
    outcome<typename Op::result_type> operator()(Op op)
    {
        using result = typename Op::result_type;
        if (way_ == way::call)
        {
            error_code ec;
            if constexpr (std::is_void_v<result>)
            {
                detail::run(std::move(op), ec);
                return {ec};
            }
            else
            {
                result value = detail::run(std::move(op), ec);
                return {ec, std::move(value)};
            }
        }
        std::optional<outcome<result>> got;
        const auto ex = context_->get_executor();
        detail::initiation start(ex, detail::get_engine(ex));
        if constexpr (std::is_void_v<result>)
            detail::async_run(std::move(start), std::move(op),
                [&](error_code ec) { got.emplace(outcome<void>{ec}); });
        else
            detail::async_run(std::move(start), std::move(op), [&](error_code ec, result value) {
                got.emplace(outcome<result>{ec, std::move(value)});
            });
        BOOST_TEST_REQUIRE(!got.has_value());
        finish();
        BOOST_TEST_REQUIRE(got.has_value());
        return std::move(*got);
    }

    void finish()
    {
        context_->restart();
        context_->run();
    }

private:
    way way_;
    std::unique_ptr<context> context_;
};

// A scratch directory, open.
class scratch
{
public:
    scratch() : umask_(::umask(022)), dir_(::open(files.path().c_str(),
        O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
    ~scratch() { ::umask(umask_); }

    int dir() const { return dir_.get(); }

    // Creates a file with some content and opens it.
    unique_fd file(std::string_view name, std::string_view content = "content", int flags = O_RDWR) const
    {
        return unique_fd(::open(files.file(name, content).c_str(), flags | O_CLOEXEC));
    }

    // What stat(2) says; zeros if there is nothing.
    struct ::stat stat(std::string_view name) const
    {
        struct ::stat s = {};
        if (::lstat((files / name).c_str(), &s) != 0)
            s = {};
        return s;
    }

    bool exists(std::string_view name) const { return stat(name).st_nlink != 0; }

    std::string content(std::string_view name) const
    {
        std::ifstream in(files / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    const temp_dir files;

private:
    mode_t umask_;
    unique_fd dir_;
};

// How many descriptors the process has open besides those that a context and its engine need from the first
// operation on.
inline std::size_t open_descriptors_in_use(context& ctx)
{
    extended_file warm(ctx, "/proc/self/exe", extended_file::read_only);
    warm.async_statx([](error_code, file_status) {});
    char byte = 0;
    warm.async_read_some_at(0, asio::buffer(&byte, 1), [](error_code, std::size_t) {});   // looks at its mount
    ctx.restart();
    ctx.run();
    ctx.restart();
    warm.close();
    return open_descriptors();
}

// A row of the table: an operation, and a test of what it does and of how it fails.
struct row
{
    const char* name;
    void (*test)(runner& run, const scratch& s);
};

// The rows are in several files, by theme.
std::vector<row> file_rows();
std::vector<row> inode_rows();
std::vector<row> xattr_rows();
std::vector<row> acl_rows();
std::vector<row> name_rows();
std::vector<row> transfer_rows();

} // namespace asio_fs::test

#endif
