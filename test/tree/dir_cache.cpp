// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <asio_fs/detail/tree/dir_cache.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

using namespace asio_fs::detail;
using namespace asio_fs::test;

namespace {

// A tree 50 levels deep: d/d/d/...
struct deep_tree
{
    static constexpr std::size_t levels = 50;

    explicit deep_tree(std::size_t budget) : cache(budget)
    {
        make_deep_tree(where / "top", levels);
        error_code error;
        nodes.push_back(
            cache.add_root(asio_fs::unique_fd{::open((where / "top").c_str(), O_RDONLY | O_CLOEXEC)}, error));
        BOOST_REQUIRE(!error);
        for (std::size_t i = 0; i < levels; ++i)
            nodes.push_back(cache.add_child(*nodes.back(), "d"));
    }

    error_code pin(std::size_t level)
    {
        dir_pin result;
        return cache.pin(*nodes[level], result);
    }

    scratch where;
    dir_cache cache;
    std::vector<dir_node_ptr> nodes;
};

} // namespace

BOOST_AUTO_TEST_SUITE(dir_cache_)

BOOST_AUTO_TEST_CASE(a_path_is_put_together_from_names)
{
    deep_tree tree(4);
    BOOST_TEST(tree.nodes[0]->path().empty());
    BOOST_TEST(tree.nodes[0]->path("x") == "x");
    BOOST_TEST(tree.nodes[2]->path() == "d/d");
    BOOST_TEST(tree.nodes[2]->path("x") == "d/d/x");
}

BOOST_AUTO_TEST_CASE(no_more_than_the_budget_stays_open)
{
    deep_tree tree(4);
    for (std::size_t i = 0; i <= deep_tree::levels; ++i)
    {
        BOOST_TEST(!tree.pin(i));
        BOOST_TEST(tree.cache.open_count() <= 5u);
    }
    BOOST_TEST(!tree.pin(deep_tree::levels / 2));
    BOOST_TEST(!tree.pin(1));
    BOOST_TEST(tree.cache.open_count() <= 5u);
}

BOOST_AUTO_TEST_CASE(what_is_pinned_stays_open)
{
    deep_tree tree(4);
    std::vector<dir_pin> pins(deep_tree::levels);
    for (std::size_t i = 0; i < pins.size(); ++i)
        BOOST_TEST(!tree.cache.pin(*tree.nodes[i + 1], pins[i]));
    struct ::stat status;
    for (const dir_pin& pin : pins)
        BOOST_TEST(::fstat(pin.fd(), &status) == 0);
    pins.clear();
    BOOST_TEST(tree.cache.open_count() <= 5u);
}

BOOST_AUTO_TEST_CASE(the_way_back_up_goes_through_dot_dot)
{
    deep_tree tree(4);
    for (std::size_t i = 0; i <= deep_tree::levels; ++i)
        BOOST_TEST(!tree.pin(i));
    for (std::size_t i = deep_tree::levels; i > 0; --i)
    {
        BOOST_TEST(!tree.pin(i));
        tree.cache.retire(*tree.nodes[i]);
        tree.nodes.pop_back();
    }
    BOOST_TEST(tree.cache.open_count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_directory_that_was_exchanged_is_not_taken)
{
    scratch where;
    make_dir(where / "d");
    make_dir(where / "other");
    dir_cache cache(4);
    error_code error;
    const dir_node_ptr root =
        cache.add_root(asio_fs::unique_fd{::open(where.path().c_str(), O_RDONLY | O_CLOEXEC)}, error);
    const dir_node_ptr node = cache.add_child(*root, "d");
    dir_pin pin;
    BOOST_TEST(!cache.pin(*node, pin));
    pin.reset();
    for (int i = 0; i < 10; ++i) // drive it out
    {
        make_dir(where / std::to_string(i));
        BOOST_TEST(!cache.pin(*cache.add_child(*root, std::to_string(i)), pin));
        pin.reset();
    }
    const auto exchange = [&]
    {
        return ::renameat2(AT_FDCWD, (where / "d").c_str(), AT_FDCWD, (where / "other").c_str(),
                           RENAME_EXCHANGE);
    };
    const std::vector<dir_node_ptr> others = [&]
    {
        std::vector<dir_node_ptr> result;
        for (int i = 0; i < 10; ++i)
        {
            result.push_back(cache.add_child(*root, std::to_string(i)));
            BOOST_TEST(!cache.pin(*result.back(), pin));
            pin.reset();
        }
        return result;
    }();
    BOOST_REQUIRE_EQUAL(exchange(), 0);
    BOOST_TEST(cache.pin(*node, pin) == errno_code(ESTALE));
    BOOST_REQUIRE_EQUAL(exchange(), 0);
    BOOST_TEST(!cache.pin(*node, pin));
}

BOOST_AUTO_TEST_CASE(dot_dot_of_a_directory_that_was_moved_away_is_not_taken)
{
    scratch where;
    make_dir(where / "a");
    make_dir(where / "a/b");
    make_dir(where / "a/b/c");
    make_dir(where / "elsewhere");
    dir_cache cache(4);
    error_code error;
    const dir_node_ptr root =
        cache.add_root(asio_fs::unique_fd{::open(where.path().c_str(), O_RDONLY | O_CLOEXEC)}, error);
    const dir_node_ptr a = cache.add_child(*root, "a");
    const dir_node_ptr b = cache.add_child(*a, "b");
    const dir_node_ptr c = cache.add_child(*b, "c");
    dir_pin held, pin;
    BOOST_TEST(!cache.pin(*c, held));
    for (int i = 0; i < 10; ++i)
    {
        make_dir(where / std::to_string(i));
        const dir_node_ptr other = cache.add_child(*root, std::to_string(i));
        BOOST_TEST(!cache.pin(*other, pin));
        pin.reset();
    }
    BOOST_REQUIRE_EQUAL(::rename((where / "a/b/c").c_str(), (where / "elsewhere/c").c_str()), 0);
    BOOST_TEST(!cache.pin(*b, pin));
    struct ::stat status;
    BOOST_TEST(::fstat(pin.fd(), &status) == 0);
    BOOST_TEST((id_of(status) == id_of(status_of(where / "a/b"))));
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_followed)
{
    scratch where;
    make_dir(where / "real");
    BOOST_REQUIRE_EQUAL(::symlink("real", (where / "link").c_str()), 0);
    dir_cache cache(4);
    error_code error;
    const dir_node_ptr root =
        cache.add_root(asio_fs::unique_fd{::open(where.path().c_str(), O_RDONLY | O_CLOEXEC)}, error);
    const dir_node_ptr link = cache.add_child(*root, "link");
    dir_pin pin;
    BOOST_TEST(cache.pin(*link, pin) == errno_code(ENOTDIR));
    const dir_node_ptr missing = cache.add_child(*root, "missing");
    BOOST_TEST(cache.pin(*missing, pin) == errno_code(ENOENT));
}

BOOST_AUTO_TEST_CASE(running_out_of_descriptors_makes_it_modest)
{
    deep_tree tree(1000);
    std::vector<asio_fs::unique_fd> others;
    rlimit before;
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit low{64, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
    for (int fd; others.size() < 60 && (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;)
        others.emplace_back(fd);
    others.resize(others.size() > 12 ? others.size() - 12 : 0);
    bool good = true;
    for (std::size_t i = 0; i <= deep_tree::levels; ++i)
        good = good && !tree.pin(i);
    ::setrlimit(RLIMIT_NOFILE, &before);
    BOOST_TEST(good);
    BOOST_TEST(tree.cache.budget() < 64u);
}

BOOST_AUTO_TEST_CASE(many_threads_may_use_it)
{
    deep_tree tree(6);
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t)
    {
        threads.emplace_back(
            [&tree, &failures, t]
            {
                for (unsigned i = 0; i < 2000; ++i)
                {
                    dir_pin pin;
                    const dir_node_ptr node = tree.nodes[(i * 7 + t * 13) % tree.nodes.size()];
                    const dir_node_ptr child = tree.cache.add_child(*node, "d");
                    dir_pin child_pin;
                    if (tree.cache.pin(*node, pin) || (i % 3 == 0 && tree.cache.pin(*child, child_pin) &&
                                                       node.get() != tree.nodes.back().get()))
                        ++failures;
                    if (i % 5 == 0)
                        tree.cache.retire(*child);
                }
            });
    }
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(failures.load() == 0);
    BOOST_TEST(tree.cache.open_count() <= 7u);
}

BOOST_AUTO_TEST_CASE(a_long_chain_is_let_go_without_recursion)
{
    dir_cache cache(4);
    error_code error;
    dir_node_ptr node = cache.add_root(asio_fs::unique_fd{::open("/", O_RDONLY | O_CLOEXEC)}, error);
    for (int i = 0; i < 1'000'000; ++i)
        node = cache.add_child(*node, "d");
    node = {};
    BOOST_TEST(cache.open_count() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
