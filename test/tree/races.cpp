// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

using namespace asio_fs;
using namespace asio_fs::test;
using asio_fs::detail::errno_code;
using namespace std::chrono_literals;

// Somebody exchanges entries while a tree is copied or removed.

namespace {

// Does something again and again in a thread of its own.
class attacker
{
public:
    explicit attacker(std::function<void()> act)
        : thread_(
              [this, act = std::move(act)]
              {
                  while (!over_.load(std::memory_order_relaxed))
                  {
                      act();
                      count_.fetch_add(1, std::memory_order_relaxed);
                  }
              })
    {}
    ~attacker()
    {
        over_ = true;
        thread_.join();
    }
    int count() const { return count_; }

private:
    std::atomic<bool> over_{false};
    std::atomic<int> count_{0};
    std::thread thread_;
};

void exchange(const std::string& a, const std::string& b)
{
    ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE);
}

// Repeats something for a while.
template <class Function>
void for_a_while(Function&& function)
{
    const auto end = std::chrono::steady_clock::now() + 700ms;
    while (std::chrono::steady_clock::now() < end)
        function();
}

struct trees
{
    trees()
    {
        make_dir(where / "outside");
        make_file(where / "outside/secret", "secret");
        make_dir(where / "spare");
        make_dir(where / "from");
        make_dir(where / "from/dir");
        for (int i = 0; i < 20; ++i)
            make_file(where / ("from/dir/" + std::to_string(i)), "good");
    }
    scratch where{in_memory()};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(races, trees)

BOOST_AUTO_TEST_CASE(a_file_exchanged_for_a_link_is_not_followed)
{
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside/secret").c_str(), (where / "spare/x").c_str()), 0);
    const attacker exchanging([&] { exchange(where / "from/dir/5", where / "spare/x"); });
    for_a_while(
        [&]
        {
            copy_tree(where / "from", where / "to");
            if (exists(where / "to/dir/5") && S_ISREG(status_of(where / "to/dir/5").st_mode))
                BOOST_TEST(content_of(where / "to/dir/5") == "good");
            BOOST_TEST(content_of(where / "to/dir/6") == "good");
            remove_tree(where / "to");
        });
    BOOST_TEST(exchanging.count() > 0);
}

BOOST_AUTO_TEST_CASE(a_file_exchanged_for_a_fifo_is_not_waited_for)
{
    BOOST_REQUIRE_EQUAL(::mkfifo((where / "spare/x").c_str(), 0644), 0);
    const attacker exchanging([&] { exchange(where / "from/dir/5", where / "spare/x"); });
    for_a_while(
        [&]
        {
            copy_tree(where / "from", where / "to");
            if (exists(where / "to/dir/5") && S_ISREG(status_of(where / "to/dir/5").st_mode))
                BOOST_TEST(content_of(where / "to/dir/5") == "good");
            remove_tree(where / "to");
        });
    BOOST_TEST(exchanging.count() > 0);
}

BOOST_AUTO_TEST_CASE(a_directory_exchanged_for_a_link_is_not_followed)
{
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "spare/x").c_str()), 0);
    const attacker exchanging([&] { exchange(where / "from/dir", where / "spare/x"); });
    for_a_while(
        [&]
        {
            copy_tree(where / "from", where / "to");
            if (exists(where / "to/dir") && S_ISDIR(status_of(where / "to/dir").st_mode))
                BOOST_TEST(!exists(where / "to/dir/secret"));
            remove_tree(where / "to");
        });
    BOOST_TEST(exchanging.count() > 0);
}

BOOST_AUTO_TEST_CASE(a_destination_exchanged_for_a_link_leads_nowhere)
{
    make_dir(where / "to");
    make_dir(where / "to/dir");
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "spare/x").c_str()), 0);
    set_mtime(where / "outside", 1000);
    const auto before = status_of(where / "outside");
    {
        const attacker exchanging([&] { exchange(where / "to/dir", where / "spare/x"); });
        for_a_while([&] { copy_tree(where / "from", where / "to"); });
        BOOST_TEST(exchanging.count() > 0);
    }
    const auto after = status_of(where / "outside");
    BOOST_TEST(!exists(where / "outside/5"));
    BOOST_TEST(after.st_mtime == 1000);
    BOOST_TEST(after.st_ctim.tv_nsec == before.st_ctim.tv_nsec);
}

BOOST_AUTO_TEST_CASE(a_destination_file_exchanged_for_a_link_is_not_written_through)
{
    make_dir(where / "to");
    make_dir(where / "to/dir");
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside/secret").c_str(), (where / "spare/x").c_str()), 0);
    copy_options options;
    {
        const attacker exchanging([&] { exchange(where / "to/dir/5", where / "spare/x"); });
        for_a_while(
            [&]
            {
                options.overwrite = options.overwrite == overwrite_policy::always
                                        ? overwrite_policy::different
                                        : overwrite_policy::always;
                copy_tree(where / "from", where / "to", options);
            });
    }
    BOOST_TEST(content_of(where / "outside/secret") == "secret");
    BOOST_TEST((status_of(where / "outside/secret").st_mode & 07777) == 0644u);
}

BOOST_AUTO_TEST_CASE(removing_does_not_leave_the_tree)
{
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "spare/x").c_str()), 0);
    for_a_while(
        [&]
        {
            make_dir(where / "root");
            make_dir(where / "root/dir");
            for (int i = 0; i < 10; ++i)
                make_file(where / ("root/dir/" + std::to_string(i)), "f");
            {
                const attacker exchanging([&] { exchange(where / "root/dir", where / "spare/x"); });
                remove_tree(where / "root");
            }
            BOOST_REQUIRE(exists(where / "outside/secret"));
            remove_tree(where / "root");
        });
    BOOST_TEST(exists(where / "outside/secret"));
}

BOOST_AUTO_TEST_CASE(a_directory_moved_away_while_it_is_removed_does_not_lead_out)
{
    make_dir(where / "outside/deep");
    for_a_while(
        [&]
        {
            make_dir(where / "root");
            make_dir(where / "root/a");
            make_deep_tree(where / "root/a/b", 30);
            std::atomic<bool> moved{false};
            {
                const attacker moving(
                    [&]
                    {
                        if (!moved.exchange(true))
                            ::rename((where / "root/a/b").c_str(), (where / "outside/deep/b").c_str());
                    });
                remove_tree(where / "root");
            }
            BOOST_REQUIRE(exists(where / "outside/secret"));
            BOOST_REQUIRE(exists(where / "outside/deep"));
            remove_tree(where / "root");
            remove_tree(where / "outside/deep/b");
        });
}

BOOST_AUTO_TEST_CASE(a_file_that_keeps_changing_is_reported_or_right)
{
    const std::string file = where / "from/file";
    make_file(file, std::string(4 << 20, 'a'));
    const unique_fd fd{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};
    int reported = 0, runs = 0;
    {
        std::atomic<int> turn{0};
        const attacker writing(
            [&]
            {
                const int i = ++turn;
                if (i % 2 == 0)
                    (void)!::ftruncate(fd.get(), (1 + i % 4) << 20);
                else
                    (void)!::pwrite(fd.get(), "b", 1, (4 << 20) - 1 + i % 3);
            });
        for_a_while(
            [&]
            {
                const auto result = copy_tree(where / "from", where / "to");
                ++runs;
                reported += result.error ? 1 : 0;
                BOOST_TEST((!result.error || result.only_failure("file", EBUSY)), result);
                BOOST_TEST(content_of(where / "to/dir/5") == "good");
                remove_tree(where / "to");
            });
    }
    BOOST_TEST_MESSAGE(reported << " of " << runs << " copies were reported");
    // At rest it is copied without a word.
    const auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(!result.error, result);
    BOOST_TEST((content_of(file) == content_of(where / "to/file")));
}

BOOST_AUTO_TEST_CASE(what_is_kept_of_a_changing_file_does_not_pass_for_complete)
{
    const std::string file = where / "from/file";
    make_file(file, std::string(1 << 20, 'a'));
    const unique_fd fd{::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
    copy_options options;
    options.method = copy_method::read_write;
    options.buffer_size = 4096;
    options.progress_interval = 0ms;
    // It grows whenever a piece was copied, so it never rests.
    options.on_progress = [&](const copy_progress& progress)
    {
        if (progress.path == "file")
            BOOST_REQUIRE_EQUAL(::write(fd.get(), "b", 1), 1);
    };
    auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(result.only_failure("file", EBUSY), result);
    BOOST_TEST(status_of(where / "to/file").st_size >= 1 << 20);
    options.on_progress = nullptr;
    options.overwrite = overwrite_policy::different;
    result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST((content_of(file) == content_of(where / "to/file")));
}

BOOST_AUTO_TEST_CASE(a_file_that_shrinks_leaves_nothing_under_its_name)
{
    const std::string file = where / "from/file";
    make_file(file, std::string(1 << 20, 'a'));
    copy_options options;
    options.method = copy_method::read_write;
    options.buffer_size = 4096;
    options.progress_interval = 0ms;
    off_t size = 1 << 20;
    options.on_progress = [&](const copy_progress& progress)
    {
        if (progress.path == "file" && size > 4096)
            BOOST_REQUIRE_EQUAL(::truncate(file.c_str(), size -= 8192), 0);
    };
    const auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(result.only_failure("file", EBUSY), result);
    BOOST_TEST(!exists(where / "to/file"));
}

BOOST_AUTO_TEST_CASE(an_entry_that_vanishes_is_named)
{
    bool removed = false;
    copy_options options;
    options.workers = 1;
    options.on_entry = [&](const copy_entry& entry)
    {
        if (!removed && entry.type == entry_type::regular)
        {
            removed = true;
            for (int i = 0; i < 20; ++i)
                ::unlink((where / ("from/dir/" + std::to_string(i))).c_str());
        }
    };
    const auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(result.report.errors == 19u);
    for (const tree_error& failure : result.report.failures)
    {
        BOOST_TEST(failure.code == errno_code(ENOENT));
        BOOST_TEST(failure.path.starts_with("dir/"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
