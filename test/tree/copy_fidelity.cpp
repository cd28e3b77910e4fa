// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <mutex>
#include <set>

using namespace asio_fs;
using namespace asio_fs::test;
namespace data = boost::unit_test::data;
using boost::unit_test::precondition;

namespace {

std::string xattr_of(const std::string& path, const char* name)
{
    char value[256];
    const ssize_t n = ::lgetxattr(path.c_str(), name, value, sizeof value);
    return n < 0 ? "none" : std::string(value, static_cast<std::size_t>(n));
}

// Access control list in the kernel's form: owner rwx, user 1000 as given, group, mask, others.
std::string acl(unsigned user, unsigned group, unsigned mask, unsigned others)
{
    std::string value("\2\0\0\0", 4);
    const auto add = [&](unsigned tag, unsigned permissions, unsigned id)
    {
        for (const unsigned part : {tag, permissions, id & 0xffffu, id >> 16})
        {
            value.push_back(static_cast<char>(part & 0xffu));
            value.push_back(static_cast<char>(part >> 8 & 0xffu));
        }
    };
    constexpr unsigned nobody = 0xffffffff;
    add(1, 7, nobody);
    add(2, user, 1000);
    add(4, group, nobody);
    add(0x10, mask, nobody);
    add(0x20, others, nobody);
    return value;
}

void set_xattr(const std::string& path, const char* name, const std::string& value)
{
    BOOST_REQUIRE_EQUAL(::lsetxattr(path.c_str(), name, value.data(), value.size(), 0), 0);
}

constexpr const char* access_acl = "system.posix_acl_access";
constexpr const char* default_acl = "system.posix_acl_default";

} // namespace

BOOST_AUTO_TEST_SUITE(copy_fidelity)

BOOST_TEST_DECORATOR(*precondition(as_root()))
BOOST_DATA_TEST_CASE(a_hostile_tree_arrives_complete, data::make({1u, 4u}) ^ data::make({"11", "12"}),
                     workers, seed)
{
    scratch where;
    BOOST_REQUIRE_EQUAL(run_tool("make_nasty_tree.sh " + (where / "from") + " " + seed + " 150 2>/dev/null"),
                        "");
    copy_options options;
    options.workers = workers;
    auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");

    // A second run has nothing to copy, and a third one copies everything again.
    options.overwrite = overwrite_policy::different;
    result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 0u);
    BOOST_TEST(result.report.hard_links == 0u);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
    options.overwrite = overwrite_policy::always;
    result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
}

BOOST_AUTO_TEST_CASE(every_method_copies_the_same, *precondition(as_root()))
{
    scratch where(in_memory());
    const std::string env =
        "NASTY_HUGE_MB=64 NASTY_SKIP=names,deep,links,symlinks,special,owners,xattrs,acls,wide,random ";
    BOOST_REQUIRE_EQUAL(
        ::system((env + ASIO_FS_TEST_TOOLS + "/make_nasty_tree.sh " + (where / "from") + " 5").c_str()), 0);
    for (const copy_method method :
         {copy_method::automatic, copy_method::copy_file_range, copy_method::splice, copy_method::read_write})
    {
        copy_options options;
        options.method = method;
        options.buffer_size = 10'000;
        const auto result = copy_tree(where / "from", where / "to", options);
        BOOST_TEST(!result.error, result);
        BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
        BOOST_TEST(!remove_tree(where / "to").error);
    }
}

BOOST_AUTO_TEST_CASE(nothing_inherits_from_the_destination, *precondition(as_root()))
{
    scratch where;
    make_dir(where / "from");
    make_dir(where / "from/dir", 0750);
    make_file(where / "from/dir/file", "f", 0640);
    make_file(where / "from/file", "f", 0604);
    BOOST_REQUIRE_EQUAL(::mkfifo((where / "from/fifo").c_str(), 0600), 0);
    make_dir(where / "to");
    make_dir(where / "to/dir");
    for (const char* const dir : {"to", "to/dir"})
    {
        set_xattr(where / dir, default_acl, acl(7, 7, 7, 7));
        BOOST_REQUIRE_EQUAL(::chown((where / dir).c_str(), 1, 4242), 0);
        BOOST_REQUIRE_EQUAL(::chmod((where / dir).c_str(), 02777), 0);
    }
    make_file(where / "to/stays", "s");
    set_xattr(where / "to", "user.stale", "x");
    const auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(!result.error, result);
    BOOST_TEST(exists(where / "to/stays"));
    BOOST_TEST(run_tool("verify_tree.sh --ignore=extra " + (where / "from") + " " + (where / "to")) == "");
    BOOST_TEST(xattr_of(where / "to", "user.stale") == "none");
    BOOST_TEST(xattr_of(where / "to/file", access_acl) == "none");
}

BOOST_AUTO_TEST_CASE(a_new_root_does_not_inherit_either, *precondition(as_root()))
{
    scratch where;
    make_dir(where / "from");
    make_file(where / "from/file", "f");
    make_dir(where / "parent");
    set_xattr(where / "parent", default_acl, acl(7, 7, 7, 7));
    BOOST_TEST(!copy_tree(where / "from", where / "parent/to").error);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "parent/to")) == "");
    BOOST_TEST(!copy_tree(where / "from/file", where / "parent/file").error);
    BOOST_TEST(xattr_of(where / "parent/file", access_acl) == "none");
    BOOST_TEST((status_of(where / "parent/file").st_mode & 07777) == 0644u);
}

BOOST_AUTO_TEST_CASE(only_what_is_asked_for_is_preserved, *precondition(as_root()))
{
    scratch where;
    make_dir(where / "from");
    make_file(where / "from/file", "f", 04755);
    make_file(where / "from/plain", "p", 0666);
    set_xattr(where / "from/file", "user.x", "1");
    set_xattr(where / "from/plain", access_acl, acl(4, 4, 4, 0));
    BOOST_REQUIRE_EQUAL(::link((where / "from/file").c_str(), (where / "from/link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::mkfifo((where / "from/fifo").c_str(), 0600), 0);
    BOOST_REQUIRE_EQUAL(::chown((where / "from/plain").c_str(), 1000, 1000), 0);
    set_mtime(where / "from/plain", 1000);
    copy_options options;
    options.preserve = preserve_flags::none;
    auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.skipped == 1u);
    BOOST_TEST(!exists(where / "to/fifo"));
    BOOST_TEST(xattr_of(where / "to/file", "user.x") == "none");
    BOOST_TEST(xattr_of(where / "to/plain", access_acl) == "none");
    BOOST_TEST(status_of(where / "to/file").st_nlink == 1u);
    BOOST_TEST((status_of(where / "to/file").st_mode & 07777) == (0755u & ~detail::current_umask()));
    BOOST_TEST(status_of(where / "to/plain").st_uid == 0u);
    BOOST_TEST(status_of(where / "to/plain").st_mtime > 1000);

    options.preserve = preserve_flags::all & ~preserve_flags::owner & ~preserve_flags::acls;
    result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(run_tool("verify_tree.sh --ignore=owner,acl " + (where / "from") + " " + (where / "to")) ==
               "");
    BOOST_TEST(status_of(where / "to/plain").st_uid == 0u);
}

BOOST_AUTO_TEST_CASE(hard_links_are_rebuilt_even_where_content_is_right, *precondition(as_root()))
{
    scratch where;
    for (const char* const tree : {"from", "to"})
    {
        make_dir(where / tree);
        for (const char* const name : {"a", "c"})
        {
            make_file((where / tree) + "/" + name, "same");
            set_mtime((where / tree) + "/" + name, 1000);
        }
    }
    // {a, b} {c, d} in the source; at the destination {a, c} and {b, d}, all of one size and time
    BOOST_REQUIRE_EQUAL(::link((where / "from/a").c_str(), (where / "from/b").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::link((where / "from/c").c_str(), (where / "from/d").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/c").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::link((where / "to/a").c_str(), (where / "to/c").c_str()), 0);
    make_file(where / "to/b", "same");
    set_mtime(where / "to/b", 1000);
    BOOST_REQUIRE_EQUAL(::link((where / "to/b").c_str(), (where / "to/d").c_str()), 0);
    copy_options options;
    options.overwrite = overwrite_policy::different;
    const auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
}

BOOST_AUTO_TEST_CASE(the_overwrite_policy_decides_about_what_is_there)
{
    scratch where;
    const auto prepare = [&]
    {
        remove_tree(where / "from");
        remove_tree(where / "to");
        make_dir(where / "from");
        make_dir(where / "to");
        for (const char* const name : {"older", "newer", "equal"})
        {
            make_file((where / "from/") + name, "new " + std::string(name));
            make_file((where / "to/") + name, "old " + std::string(name), 0600);
            set_mtime((where / "from/") + name, 2000);
        }
        set_mtime(where / "to/older", 1000);
        set_mtime(where / "to/newer", 3000);
        set_mtime(where / "to/equal", 2000);
        make_file(where / "from/missing", "missing");
        BOOST_REQUIRE_EQUAL(::symlink("x", (where / "from/link").c_str()), 0);
        BOOST_REQUIRE_EQUAL(::symlink("x", (where / "to/link").c_str()), 0);
    };
    const auto run = [&](overwrite_policy policy)
    {
        prepare();
        copy_options options;
        options.overwrite = policy;
        const auto result = copy_tree(where / "from", where / "to", options);
        BOOST_TEST(!result.error, result);
        BOOST_TEST(content_of(where / "to/missing") == "missing");
        return result.report;
    };
    auto report = run(overwrite_policy::always);
    BOOST_TEST(report.skipped == 0u);
    BOOST_TEST(content_of(where / "to/newer") == "new newer");

    report = run(overwrite_policy::never);
    BOOST_TEST(report.skipped == 4u);
    for (const char* const name : {"older", "newer", "equal"})
        BOOST_TEST(content_of((where / "to/") + name) == "old " + std::string(name));
    BOOST_TEST((status_of(where / "to/equal").st_mode & 0777) == 0600u);

    report = run(overwrite_policy::newer);
    BOOST_TEST(content_of(where / "to/older") == "new older");
    BOOST_TEST(content_of(where / "to/newer") == "old newer");
    BOOST_TEST(content_of(where / "to/equal") == "old equal");

    report = run(overwrite_policy::different);
    BOOST_TEST(report.skipped == 2u); // equal and link
    BOOST_TEST(content_of(where / "to/older") == "new older");
    BOOST_TEST(content_of(where / "to/equal") == "old equal");
    BOOST_TEST((status_of(where / "to/equal").st_mode & 0777) == 0644u);
}

BOOST_AUTO_TEST_CASE(entries_of_another_kind_are_replaced)
{
    scratch where;
    make_dir(where / "from");
    make_dir(where / "to");
    make_dir(where / "outside");
    make_dir(where / "from/dir");
    make_file(where / "from/dir/file", "f");
    make_file(where / "from/file", "f");
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside").c_str(), (where / "to/dir").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink((where / "outside/file").c_str(), (where / "to/file").c_str()), 0);
    auto result = copy_tree(where / "from", where / "to");
    BOOST_TEST(!result.error, result);
    BOOST_TEST(S_ISDIR(status_of(where / "to/dir").st_mode));
    BOOST_TEST(S_ISREG(status_of(where / "to/file").st_mode));
    BOOST_TEST(!exists(where / "outside/file"));

    // An empty directory in the way goes, one with something in it does not.
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/file").c_str()), 0);
    make_dir(where / "to/file");
    BOOST_TEST(!copy_tree(where / "from", where / "to").error);
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/file").c_str()), 0);
    make_dir(where / "to/file");
    make_file(where / "to/file/precious", "p");
    result = copy_tree(where / "from", where / "to");
    BOOST_TEST(result.only_failure("file", ENOTEMPTY), result);
    BOOST_TEST(content_of(where / "to/file/precious") == "p");
    BOOST_TEST(content_of(where / "to/dir/file") == "f");
}

BOOST_AUTO_TEST_CASE(files_without_a_size_have_content)
{
    scratch where;
    const auto result = copy_file("/proc/self/mountinfo", where / "mounts");
    BOOST_TEST(!result.error, result);
    BOOST_TEST(content_of(where / "mounts").size() > 0u);
}

const char* const says_4096_gives_less = "/sys/kernel/mm/transparent_hugepage/enabled";

BOOST_AUTO_TEST_CASE(files_shorter_than_their_size_are_copied,
    *boost::unit_test::precondition([](boost::unit_test::test_unit_id) -> boost::test_tools::assertion_result {
        boost::test_tools::assertion_result there(::access(says_4096_gives_less, R_OK) == 0);
        there.message() << "/sys is not mounted";
        return there;
    }))
{
    scratch where;
    const auto result = copy_file(says_4096_gives_less, where / "short");
    BOOST_TEST(!result.error, result);
    BOOST_TEST(content_of(where / "short").size() < 100u);
}

BOOST_AUTO_TEST_CASE(a_root_need_not_be_a_directory)
{
    scratch where;
    make_file(where / "file", "content", 0600);
    BOOST_REQUIRE_EQUAL(::symlink("file", (where / "link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::mkfifo((where / "fifo").c_str(), 0600), 0);
    for (const char* const name : {"file", "link", "fifo"})
    {
        const auto result = copy_tree(where / name, where / "copy");
        BOOST_TEST(!result.error, result);
        BOOST_TEST((status_of(where / "copy").st_mode & S_IFMT) ==
                   (status_of(where / name).st_mode & S_IFMT));
    }
}

BOOST_AUTO_TEST_CASE(a_dry_run_changes_nothing, *precondition(as_root()))
{
    scratch where(in_memory());
    BOOST_REQUIRE_EQUAL(run_tool("make_nasty_tree.sh " + (where / "from") + " 3 50 2>/dev/null"), "");
    copy_options options;
    options.dry_run = true;
    std::set<std::string> named;
    options.on_entry = [&](const copy_entry& entry) { named.emplace(entry.path); };
    auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(!exists(where / "to"));
    options.dry_run = false;
    const auto real = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(real.report.files == result.report.files);
    BOOST_TEST(real.report.directories == result.report.directories);
    BOOST_TEST(real.report.hard_links == result.report.hard_links);
    BOOST_TEST(real.report.symlinks == result.report.symlinks);
    BOOST_TEST(real.report.specials == result.report.specials);
    BOOST_TEST(named.size() == real.report.files + real.report.directories + real.report.hard_links +
                                   real.report.symlinks + real.report.specials);

    // Over an existing tree: as many entries as there are would be replaced, and every one is as it was.
    BOOST_REQUIRE_EQUAL(::truncate((where / "to/names/plain").c_str(), 1), 0);
    const auto before = status_of(where / "to/names/plain");
    options.dry_run = true;
    options.overwrite = overwrite_policy::different;
    options.on_entry = nullptr;
    result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(result.report.files == 1u);
    const auto after = status_of(where / "to/names/plain");
    BOOST_TEST(before.st_ino == after.st_ino);
    BOOST_TEST(before.st_ctim.tv_nsec == after.st_ctim.tv_nsec);
}

BOOST_AUTO_TEST_CASE(progress_and_entries_are_reported_one_at_a_time)
{
    scratch where;
    make_dir(where / "from");
    for (int d = 0; d < 20; ++d)
    {
        const std::string dir = where / ("from/" + std::to_string(d));
        make_dir(dir);
        for (int f = 0; f < 20; ++f)
            make_file(dir + "/" + std::to_string(f), std::string(100, 'x'));
    }
    std::mutex inside;
    const auto alone = [&] { BOOST_REQUIRE(inside.try_lock()); };
    copy_options options;
    options.workers = 3;
    options.progress_interval = std::chrono::milliseconds(0);
    copy_progress last;
    std::size_t entries = 0;
    options.on_progress = [&](const copy_progress& progress)
    {
        alone();
        BOOST_TEST(progress.bytes_copied >= last.bytes_copied);
        last = progress;
        last.path = {};
        inside.unlock();
    };
    options.on_entry = [&](const copy_entry& entry)
    {
        alone();
        ++entries;
        BOOST_TEST((entry.type == entry_type::regular ? entry.bytes == 100 : entry.bytes == 0));
        inside.unlock();
    };
    const auto result = copy_tree(where / "from", where / "to", options);
    BOOST_TEST(!result.error, result);
    BOOST_TEST(entries == 421u);
    BOOST_TEST(last.files == 400u);
    BOOST_TEST(last.bytes_copied == 40'000u);
}

BOOST_AUTO_TEST_SUITE_END()
