// SPDX-License-Identifier: BSL-1.0

// After close() a descriptor's number may belong to something else at once: no operation that was started
// before reaches it.

#include "token/calls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

using namespace asio_fs;
using namespace asio_fs::test;

namespace descriptor_reuse_test {

struct ignore
{
    template <class... T>
    void operator()(T&&...) const
    {
    }
};

// What somebody else opens just then: a file or a directory, which hardly an operation of the table would leave
// as it is.
class strangers
{
public:
    strangers()
    {
        ::mkdir((place_ / "d").c_str(), 0751);
        ::chmod(place_.file("a", "strange").c_str(), 0751);
        before_ = look();
    }

    // Takes the lowest free numbers, as every open(2) does.
    void open()
    {
        for (unique_fd& fd : fds_)
            fd = unique_fd(::open((place_ / "a").c_str(), O_RDWR | O_CLOEXEC));
    }

    void open_dirs()
    {
        for (unique_fd& fd : fds_)
            fd = unique_fd(::open((place_ / "d").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }

    bool has(int fd) const
    {
        bool found = false;
        for (const unique_fd& mine : fds_)
            found = found || mine.get() == fd;
        return found;
    }

    bool are_untouched() const
    {
        off_t moved = 0;
        for (const unique_fd& fd : fds_)
            moved += ::lseek(fd.get(), 0, SEEK_CUR);
        return moved == 0 && look() == before_;
    }

private:
    // Everything that an operation could change.
    std::string look() const
    {
        std::string all;
        for (const char* name : {"a", "d"})
        {
            const std::string path = place_ / name;
            struct ::stat s = {};
            ::lstat(path.c_str(), &s);
            char attributes[256];
            const auto length = ::listxattr(path.c_str(), attributes, sizeof attributes);
            for (const auto n : {std::uint64_t(s.st_mode), std::uint64_t(s.st_size),
                     std::uint64_t(s.st_nlink),
                     std::uint64_t(s.st_mtim.tv_sec), std::uint64_t(s.st_mtim.tv_nsec),
                     std::uint64_t(s.st_ctim.tv_sec), std::uint64_t(s.st_ctim.tv_nsec),
                     std::uint64_t(s.st_blocks), std::uint64_t(length)})
                all += std::to_string(n) + ' ';
        }
        return all;
    }

    temp_dir place_;
    std::array<unique_fd, 6> fds_;
    std::string before_;
};

} // namespace descriptor_reuse_test

using namespace descriptor_reuse_test;

BOOST_AUTO_TEST_SUITE(token_descriptor_reuse)

const auto either = boost::unit_test::data::make({false, true});

BOOST_DATA_TEST_CASE(reaches_nobody_else, engines* either, engine, submitted)
{
    int reused = 0;
    for_each_call_of(
        [&](const auto& c) {
            for (const bool dirs : {false, true})
            {
                fixture<> t(engine);
                strangers others;
                c.async(t, ignore());
                if (submitted)
                    t.ctx.poll_one();
                const int file = t.file.native_handle(), dir = t.dir.native_handle();
                t.close();
                dirs ? others.open_dirs() : others.open();
                reused += others.has(file) || others.has(dir);
                t.run();
                BOOST_TEST(others.are_untouched());
            }
        },
        file_calls, inode_calls, dir_calls, entry_calls);
    BOOST_TEST(reused > 0);   // else nothing was tested
}

BOOST_AUTO_TEST_SUITE_END()
