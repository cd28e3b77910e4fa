// SPDX-License-Identifier: BSL-1.0
#include "sweep.hpp"
#include "tree/support.hpp"

#include <asio_fs/detail/create_directories_job.hpp>
#include <asio_fs/detail/replace_file_job.hpp>
#include <asio_fs/detail/tree/tree_walk.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <iterator>
#include <set>

// What else is made of many calls: whatever fails, it ends with an error that says so, and with nothing half done.

using namespace asio_fs;
using namespace asio_fs::test;
namespace data = boost::unit_test::data;

namespace {

// Rows of a data test case.
struct failing
{
    fault_kind kind;
    int error;

    friend std::ostream& operator<<(std::ostream& out, const failing& f)
    {
        return out << f.kind << ' ' << f.error;
    }
};

const std::vector<failing> failures = {{fault_kind::call, EIO},    {fault_kind::call, EMFILE},
                                       {fault_kind::call, EPERM},  {fault_kind::call, EINTR},
                                       {fault_kind::call, ENOSPC}, {fault_kind::call, EINVAL},
                                       {fault_kind::call, EAGAIN}, {fault_kind::memory, 0}};

void make_tree(const std::string& root, int directories)
{
    make_dir(root);
    make_file(root + "/file", "content");
    for (int d = 0; d < directories; ++d)
    {
        const std::string dir = root + "/" + std::to_string(d);
        make_dir(dir);
        make_dir(dir + "/inner");
        make_file(dir + "/inner/file", "content");
    }
}

std::set<std::string> names_in(const std::string& root)
{
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        names.insert(entry.path().lexically_relative(root).string());
    return names;
}

struct walked
{
    detail::error_code error;
    std::vector<walk_entry> entries;
};

walked walk(const std::string& root, const walk_options& options)
{
    detail::tree_walk walk({AT_FDCWD, root}, options);
    walked result;
    std::vector<walk_entry> batch;
    while (!(result.error = walk.next(batch)) && !batch.empty())
        std::move(batch.begin(), batch.end(), std::back_inserter(result.entries));
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults_jobs)

// What is missing lies in a directory with an error.
BOOST_DATA_TEST_CASE(a_walk, data::make({1u, 3u}) * data::make(failures), workers, what)
{
    scratch where(in_memory());
    make_tree(where / "root", 12);
    const std::set<std::string> all = names_in(where / "root");
    walk_options options;
    options.workers = workers;
    options.fields = statx_mask::size;
    options.one_file_system = true;
    options.batch_entries = 4;
    sweep(
        what.kind, what.error,
        [&](fault& one)
        {
            one.begin();
            return walk(where / "root", options);
        },
        [&](const std::optional<walked>& result)
        {
            if (!result)
                return;
            std::multiset<std::string> found;
            std::set<std::string> lacking;
            for (const walk_entry& entry : result->entries)
            {
                BOOST_TEST(entry.step.empty() == !entry.error);
                if (entry.error)
                    lacking.insert(entry.path);
                if (!entry.error || !found.contains(entry.path))
                    found.insert(entry.path);
            }
            for (const std::string& name : found)
            {
                BOOST_TEST((name.empty() || all.contains(name)), name);
                BOOST_TEST(found.count(name) == 1u);
            }
            for (const std::string& name : all)
            {
                const bool excused =
                    result->error || std::any_of(lacking.begin(), lacking.end(),
                                                 [&](const std::string& dir)
                                                 { return dir.empty() || name.starts_with(dir + "/"); });
                BOOST_TEST((found.contains(name) || excused), name);
            }
        });
}

BOOST_DATA_TEST_CASE(a_removal, data::make({1u, 3u}) * data::make(failures), workers, what)
{
    scratch where(in_memory());
    remove_options options;
    options.workers = workers;
    options.one_file_system = true;
    sweep(
        what.kind, what.error,
        [&](fault& one)
        {
            make_tree(where / "root", 6);
            one.begin();
            return remove_tree(where / "root", options);
        },
        [&](const std::optional<finished<remove_report>>& result)
        {
            if (result)
            {
                BOOST_TEST(static_cast<bool>(result->error) == exists(where / "root"));
                BOOST_TEST(static_cast<bool>(result->error) == (result->report.errors != 0));
                for (const tree_error& failure : result->report.failures)
                    BOOST_TEST(!failure.step.empty());
            }
            remove_tree(where / "root", options);
            BOOST_TEST(!exists(where / "root"));
        });
}

BOOST_DATA_TEST_CASE(a_copied_file, data::make({"automatic", "direct", "read_write"}) * data::make(failures),
                     how, what)
{
    scratch where; // where direct transfers and sharing may be possible
    std::string content(1 << 20, 'x');
    content.replace(1 << 19, 5, "other");
    make_file(where / "from", content);
    copy_options options;
    options.method = how == std::string_view("direct")       ? copy_method::direct
                     : how == std::string_view("read_write") ? copy_method::read_write
                                                             : copy_method::automatic;
    options.workers = 1;
    sweep(
        what.kind, what.error,
        [&](fault& one)
        {
            make_file(where / "to", "old");
            one.begin();
            return copy_file(where / "from", where / "to", options);
        },
        [&](const std::optional<finished<copy_report>>& result)
        {
            const std::string now = content_of(where / "to");
            BOOST_TEST((now == content || now == "old"));
            if (result)
                BOOST_TEST((result->error || now == content), *result);
            BOOST_TEST((names_in(where.path()).size() == 2u || (result && result->error)));
            for (const std::string& name : names_in(where.path()))
                if (name != "from")
                    BOOST_TEST(!remove_tree(where / name).error);
        });
}

// As on a network file system that is full: it never gets a name.
BOOST_AUTO_TEST_CASE(a_file_without_a_name_that_cannot_be_closed)
{
    scratch where;
    make_file(where / "from", "content");
    copy_options options;
    options.atomic = true;
    options.workers = 1;
    int told = 0;
    sweep(
        fault_kind::call, EDQUOT,
        [&](fault& one)
        {
            if (exists(where / "to"))
                BOOST_REQUIRE(!remove_tree(where / "to").error);
            one.begin();
            return copy_file(where / "from", where / "to", options);
        },
        [&](const std::optional<finished<copy_report>>& result)
        {
            if (result->report.errors == 0 || result->report.failures[0].step != "close")
                return;
            ++told;
            BOOST_TEST(result->only_failure("", EDQUOT), *result);
            BOOST_TEST(!exists(where / "to"));
        });
    BOOST_TEST(told == 1);
}

BOOST_DATA_TEST_CASE(a_replaced_file,
                     data::make({true, false}) * data::make({true, false}) * data::make(failures), nameless,
                     there, what)
{
    scratch where;
    const std::string path = where / "file";
    replace_file_options options;
    options.mode = 0640;
    sweep(
        what.kind, what.error,
        [&](fault& one)
        {
            if (exists(path))
                BOOST_REQUIRE(!remove_tree(path).error);
            if (there)
            {
                make_file(path, "old", 0604);
                ::setxattr(path.c_str(), "user.colour", "green", 5, 0);
                if (::geteuid() == 0)
                    BOOST_REQUIRE_EQUAL(::chown(path.c_str(), 1234, 1234), 0);
            }
            const detail::stop_flag stop;
            const std::vector<asio::const_buffer> content = {asio::buffer("n", 1), asio::buffer("ew", 2)};
            one.begin();
            return detail::replace_file_job({AT_FDCWD, path}, content, options, stop, nameless).run();
        },
        [&](const std::optional<detail::error_code>& error)
        {
            // No other name stays, the old content does or the new one is there.
            BOOST_TEST(names_in(where.path()).size() == (exists(path) ? 1u : 0u));
            const bool is_new = exists(path) && content_of(path) == "new";
            BOOST_TEST((is_new || !error || *error));
            BOOST_TEST((is_new || exists(path) == there));
            if (!is_new && there)
                BOOST_TEST(content_of(path) == "old");
            if (is_new && there)
            {
                BOOST_TEST((status_of(path).st_mode & 07777) == 0604u);
                BOOST_TEST((::geteuid() != 0 || status_of(path).st_uid == 1234u));
            }
        });
}

BOOST_DATA_TEST_CASE(made_directories, data::make(failures), what)
{
    scratch where(in_memory());
    make_dir(where / "a");
    struct made
    {
        detail::error_code error;
        create_directories_report report;
    };
    sweep(
        what.kind, what.error,
        [&](fault& one)
        {
            if (exists(where / "a/b"))
                BOOST_REQUIRE(!remove_tree(where / "a/b").error);
            const detail::stop_flag stop;
            detail::create_directories_job job({AT_FDCWD, where / "a/b/c/d"}, {}, stop);
            made result;
            one.begin();
            result.error = job.run(result.report);
            return result;
        },
        [&](const std::optional<made>& result)
        {
            if (!result)
                return;
            BOOST_TEST((result->error || exists(where / "a/b/c/d")));
            BOOST_TEST(static_cast<bool>(result->error) == !result->report.failure.step.empty());
        });
}

BOOST_AUTO_TEST_SUITE_END()
