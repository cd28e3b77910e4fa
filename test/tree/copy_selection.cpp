// SPDX-License-Identifier: BSL-1.0
#include "small_file_system.hpp"
#include "support.hpp"

#include <map>
#include <stdexcept>
#include <utility>

#include <sys/sysmacros.h>
#include <sys/wait.h>

using namespace asio_fs;
using namespace asio_fs::test;
using action = copy_entry::action;
using change = copy_changes;
using boost::unit_test::precondition;

// Which entries a copy takes, which it leaves, and what it says about each.

namespace {

struct told
{
    entry_type type;
    action what;
    change changes;
    std::string target;
};

struct trees
{
    trees() { make_dir(where / "from"); }

    // Copies, and checks that a dry run says the same of every entry before.
    finished<copy_report> copy()
    {
        options.workers = 1;
        options.dry_run = true;
        run();
        const auto expected = entries;
        options.dry_run = false;
        const auto result = run();
        BOOST_TEST(entries.size() == expected.size());
        for (const auto& [path, entry] : entries)
        {
            const auto at = expected.find(path);
            BOOST_REQUIRE_MESSAGE(at != expected.end(), path);
            BOOST_CHECK_MESSAGE(at->second.what == entry.what, path << " was not foreseen");
            BOOST_CHECK_MESSAGE(at->second.changes == entry.changes,
                                path << ": " << static_cast<unsigned>(at->second.changes) << " foreseen, "
                                     << static_cast<unsigned>(entry.changes) << " found");
            BOOST_TEST(at->second.target == entry.target);
        }
        return result;
    }

    finished<copy_report> run()
    {
        entries.clear();
        options.on_entry = [this](const copy_entry& entry)
        {
            const bool added =
                entries
                    .insert({std::string(entry.path),
                             {entry.type, entry.what, entry.changes, std::string(entry.target)}})
                    .second;
            BOOST_CHECK_MESSAGE(added, entry.path << " was told twice");
        };
        auto result = test::copy_tree(where / "from", where / "to", options);
        BOOST_TEST(!result.error, result);
        return result;
    }

    bool is(const std::string& path, action what, change changes) const
    {
        const auto at = entries.find(path);
        if (at == entries.end())
            return false;
        BOOST_TEST_MESSAGE(path << ": " << static_cast<int>(at->second.what) << " "
                                << static_cast<unsigned>(at->second.changes));
        return at->second.what == what && at->second.changes == changes;
    }

    scratch where;
    copy_options options;
    std::map<std::string, told> entries;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(copy_selection, trees)

BOOST_AUTO_TEST_CASE(kinds_that_are_not_preserved_are_left_out, *precondition(as_root()))
{
    make_file(where / "from/file", "f");
    BOOST_REQUIRE_EQUAL(::symlink("file", (where / "from/link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::mkfifo((where / "from/fifo").c_str(), 0600), 0);
    BOOST_REQUIRE_EQUAL(::mknod((where / "from/device").c_str(), S_IFCHR | 0600, makedev(1, 3)), 0);
    const std::pair<preserve_flags, const char*> kinds[] = {{preserve_flags::symlinks, "link"},
                                                            {preserve_flags::special_files, "fifo"},
                                                            {preserve_flags::device_files, "device"}};
    for (const auto& [flag, name] : kinds)
    {
        options.preserve = ~flag;
        const auto result = copy();
        BOOST_TEST(result.report.skipped == 1u);
        BOOST_TEST(!exists((where / "to/") + name));
        BOOST_TEST(is(name, action::left_out, change::none));
        for (const char* const other : {"file", "link", "fifo", "device"})
            BOOST_TEST(exists((where / "to/") + other) == (std::string_view(other) != name));
        remove_tree(where / "to");
    }
}

BOOST_AUTO_TEST_CASE(a_file_keeps_the_mode_of_what_it_replaces)
{
    make_dir(where / "to");
    for (const mode_t mode : {0604u, 04750u})
    {
        make_file(where / "from/file", "new", 0751);
        make_file(where / "to/file", "older");
        BOOST_REQUIRE_EQUAL(::chmod((where / "to/file").c_str(), mode), 0);
        options.preserve = ~preserve_flags::mode & ~preserve_flags::acls;
        copy();
        // What another program was allowed to do on behalf of its owner, the new content is not.
        BOOST_TEST((status_of(where / "to/file").st_mode & 07777) == (mode & 0777));
        options.preserve = preserve_flags::all;
        copy();
        BOOST_TEST((status_of(where / "to/file").st_mode & 07777) == 0751u);
    }
}

BOOST_AUTO_TEST_CASE(attributes_are_preserved_one_by_one, *precondition(as_root()))
{
    make_file(where / "from/file", "f", 0640);
    make_dir(where / "from/dir");
    const timespec times[2] = {{2000, 5}, {1000, 7}};
    BOOST_REQUIRE_EQUAL(::chown((where / "from/file").c_str(), 1000, 2000), 0);
    for (const char* const name : {"from/file", "from/dir"})
        BOOST_REQUIRE_EQUAL(::utimensat(AT_FDCWD, (where / name).c_str(), times, 0), 0);
    const auto copied = [&](preserve_flags flags, const char* name)
    {
        remove_tree(where / "to");
        options.preserve = flags;
        BOOST_TEST(!test::copy_tree(where / "from", where / "to", options).error);
        return status_of((where / "to/") + name);
    };
    struct ::stat status = copied(preserve_flags::user, "file");
    BOOST_TEST(status.st_uid == 1000u);
    BOOST_TEST(status.st_gid == ::getegid());
    status = copied(preserve_flags::group, "file");
    BOOST_TEST(status.st_uid == ::geteuid());
    BOOST_TEST(status.st_gid == 2000u);
    status = copied(preserve_flags::modification_time, "file");
    BOOST_TEST(status.st_mtim.tv_sec == 1000);
    BOOST_TEST(status.st_atim.tv_sec > 2000);
    status = copied(preserve_flags::access_time, "file");
    BOOST_TEST(status.st_mtim.tv_sec > 1000);
    BOOST_TEST(status.st_atim.tv_sec == 2000);
    BOOST_TEST(copied(preserve_flags::times, "dir").st_mtim.tv_sec > 1000);
    BOOST_TEST(copied(preserve_flags::times | preserve_flags::directory_times, "dir").st_mtim.tv_sec == 1000);
}

BOOST_AUTO_TEST_CASE(a_filter_leaves_out_entries_and_what_is_beneath_them)
{
    make_dir(where / "from/out");
    make_file(where / "from/out/file", "f");
    make_dir(where / "from/in");
    make_file(where / "from/in/file", "f");
    make_file(where / "from/in/object.o", "o");
    std::size_t asked_beneath = 0;
    options.filter = [&](const copy_candidate& candidate)
    {
        BOOST_TEST(!candidate.extraneous);
        BOOST_TEST(!candidate.path.empty());
        asked_beneath += candidate.path.starts_with("out/");
        if (candidate.path == "out")
        {
            BOOST_TEST((candidate.type == entry_type::directory));
            return false;
        }
        return !candidate.path.ends_with(".o");
    };
    const auto result = copy();
    BOOST_TEST(result.report.files == 1u);
    BOOST_TEST(result.report.skipped == 0u);
    BOOST_TEST(asked_beneath == 0u);
    BOOST_TEST(exists(where / "to/in/file"));
    BOOST_TEST(!exists(where / "to/in/object.o"));
    BOOST_TEST(!exists(where / "to/out"));
}

BOOST_AUTO_TEST_CASE(an_exception_of_the_filter_ends_the_copy)
{
    make_file(where / "from/file", "f");
    options.filter = [](const copy_candidate&) -> bool { throw std::runtime_error("no"); };
    BOOST_CHECK_THROW(test::copy_tree(where / "from", where / "to", options), std::runtime_error);
    BOOST_TEST(!exists(where / "to/file"));
}

BOOST_AUTO_TEST_CASE(other_file_systems_are_not_entered, *precondition(can_mount()))
{
    make_dir(where / "from/dir");
    make_file(where / "from/dir/file", "f");
    {
        const small_file_system other(where / "from/other", "size=1m");
        BOOST_REQUIRE(other.mounted());
        make_file(where / "from/other/file", "f");
        BOOST_REQUIRE_EQUAL(::chmod((where / "from/other").c_str(), 0711), 0);
        options.one_file_system = true;
        copy();
        BOOST_TEST(exists(where / "to/dir/file"));
        BOOST_TEST((status_of(where / "to/other").st_mode & 07777) == 0711u);
        BOOST_TEST(!exists(where / "to/other/file"));
        // What lies there at the destination is not extraneous: nobody has looked.
        make_file(where / "to/other/precious", "p");
        options.remove_extraneous = true;
        copy();
        BOOST_TEST(exists(where / "to/other/precious"));
    }
}

BOOST_AUTO_TEST_CASE(only_what_exists_is_updated)
{
    make_dir(where / "from/new");
    make_file(where / "from/new/file", "f");
    make_dir(where / "from/old");
    make_file(where / "from/old/file", "new");
    make_file(where / "from/old/other", "f");
    options.existing_only = true;
    auto result = copy();
    BOOST_TEST(!exists(where / "to"));
    BOOST_TEST(is("", action::left_out, change::none));
    make_dir(where / "to");
    make_dir(where / "to/old");
    make_file(where / "to/old/file", "before");
    result = copy();
    BOOST_TEST(result.report.skipped == 2u);
    BOOST_TEST(content_of(where / "to/old/file") == "new");
    BOOST_TEST(!exists(where / "to/old/other"));
    BOOST_TEST(!exists(where / "to/new"));
    BOOST_TEST(is("new", action::left_out, change::none));
    BOOST_TEST(is("old/other", action::left_out, change::none));
    BOOST_TEST(entries.count("new/file") == 0u);
}

BOOST_AUTO_TEST_CASE(newer_files_are_kept)
{
    for (const char* const name : {"older", "newer"})
    {
        make_file((where / "from/") + name, "from");
        set_mtime((where / "from/") + name, 2000);
    }
    copy();
    make_file(where / "to/older", "to");
    make_file(where / "to/newer", "to");
    set_mtime(where / "to/older", 1000);
    set_mtime(where / "to/newer", 3000);
    options.keep_newer = true;
    const auto result = copy();
    BOOST_TEST(result.report.files == 1u);
    BOOST_TEST(content_of(where / "to/older") == "from");
    BOOST_TEST(content_of(where / "to/newer") == "to");
    BOOST_TEST(is("newer", action::up_to_date, change::none));
}

BOOST_AUTO_TEST_CASE(files_are_compared_as_asked_for)
{
    make_file(where / "from/same", "same");
    make_file(where / "from/bytes", "abcd");
    make_file(where / "from/size", "abcde");
    set_mtime(where / "from/same", 1000);
    set_mtime(where / "from/bytes", 2000);
    set_mtime(where / "from/size", 2000);
    const auto prepare = [&]
    {
        remove_tree(where / "to");
        make_dir(where / "to");
        make_file(where / "to/same", "same");
        make_file(where / "to/bytes", "abXd");
        make_file(where / "to/size", "abcd");
        set_mtime(where / "to/same", 999);
        set_mtime(where / "to/bytes", 2000);
        set_mtime(where / "to/size", 2000);
    };
    options.overwrite = overwrite_policy::different;
    prepare();
    copy();
    BOOST_TEST(is("same", action::copied, change::modification_time | change::access_time));
    BOOST_TEST(is("bytes", action::up_to_date, change::none));
    BOOST_TEST(is("size", action::copied, change::size));
    prepare();
    options.compare = comparison::size;
    copy();
    BOOST_TEST(is("same", action::up_to_date, change::modification_time | change::access_time));
    BOOST_TEST(status_of(where / "to/same").st_mtime == 1000);
    BOOST_TEST(is("bytes", action::up_to_date, change::none));
    BOOST_TEST(content_of(where / "to/size") == "abcde");
    prepare();
    options.compare = comparison::content;
    copy();
    BOOST_TEST(is("same", action::up_to_date, change::modification_time | change::access_time));
    BOOST_TEST(is("bytes", action::copied, change::content));
    BOOST_TEST(content_of(where / "to/bytes") == "abcd");
    BOOST_TEST(content_of(where / "to/size") == "abcde");
}

BOOST_AUTO_TEST_CASE(every_difference_is_told, *precondition(as_root()))
{
    for (const char* const name : {"mode", "owner", "group", "time", "xattr", "acl", "label", "nothing"})
    {
        make_file((where / "from/") + name, "f");
        set_mtime((where / "from/") + name, 1000);
    }
    make_dir(where / "from/dir");
    make_file(where / "from/dir/file", "f");
    BOOST_REQUIRE_EQUAL(::symlink("here", (where / "from/link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::link((where / "from/mode").c_str(), (where / "from/second name").c_str()), 0);
    copy();
    BOOST_TEST(is("", action::copied, change::created));
    BOOST_TEST(entries.at("link").target == "here");
    // Which of two names is met first is up to the file system.
    const bool second_is_first = is("second name", action::copied, change::created);
    const char* const linked = second_is_first ? "mode" : "second name";
    const char* const copied = second_is_first ? "second name" : "mode";
    BOOST_TEST(is(copied, action::copied, change::created));
    BOOST_TEST(is(linked, action::linked, change::created));
    BOOST_TEST(entries.at(linked).target == copied);

    options.overwrite = overwrite_policy::different;
    auto result = copy();
    for (const auto& [path, entry] : entries)
        BOOST_CHECK_MESSAGE(entry.changes == change::none, path << " differs");
    BOOST_TEST(result.report.files == 0u);
    BOOST_TEST(result.report.hard_links == 0u);
    BOOST_TEST(result.report.skipped == 11u);

    const std::string to = where / "to/";
    BOOST_REQUIRE_EQUAL(::chmod((to + "mode").c_str(), 0600), 0);
    BOOST_REQUIRE_EQUAL(::chown((to + "owner").c_str(), 1000, static_cast<gid_t>(-1)), 0);
    BOOST_REQUIRE_EQUAL(::chown((to + "group").c_str(), static_cast<uid_t>(-1), 1000), 0);
    const timespec accessed[2] = {{5, 0}, {0, UTIME_OMIT}};
    BOOST_REQUIRE_EQUAL(::utimensat(AT_FDCWD, (to + "time").c_str(), accessed, 0), 0);
    BOOST_REQUIRE_EQUAL(::lsetxattr((to + "xattr").c_str(), "user.x", "1", 1, 0), 0);
    BOOST_REQUIRE_EQUAL(::lsetxattr((to + "nothing").c_str(), "security.other", "1", 1, 0), 0);
    // owner rw-, user 1000 rwx, group r--, mask r--, others r--: the mode stays 0644
    const std::string_view acl("\2\0\0\0"
                               "\1\0\6\0\xff\xff\xff\xff"
                               "\2\0\7\0\xe8\3\0\0"
                               "\4\0\4\0\xff\xff\xff\xff"
                               "\x10\0\4\0\xff\xff\xff\xff"
                               "\x20\0\4\0\xff\xff\xff\xff",
                               44);
    BOOST_REQUIRE_EQUAL(
        ::lsetxattr((where / "from/acl").c_str(), "system.posix_acl_access", acl.data(), acl.size(), 0), 0);
    BOOST_REQUIRE_EQUAL(::chmod((to + "dir").c_str(), 0700), 0);
    BOOST_REQUIRE_EQUAL(::unlink((to + "link").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink("away", (to + "link").c_str()), 0);
    result = copy();
    BOOST_TEST(result.report.symlinks == 1u);
    BOOST_TEST(is(copied, action::up_to_date, change::mode));
    BOOST_TEST(is(linked, action::up_to_date, change::none));
    BOOST_TEST(is("owner", action::up_to_date, change::user));
    BOOST_TEST(is("group", action::up_to_date, change::group));
    BOOST_TEST(is("time", action::up_to_date, change::access_time));
    BOOST_TEST(is("xattr", action::up_to_date, change::xattrs));
    BOOST_TEST(is("acl", action::up_to_date, change::acls));
    BOOST_TEST(is("nothing", action::up_to_date, change::none));
    BOOST_TEST(is("dir", action::copied, change::mode));
    BOOST_TEST(is("link", action::copied, change::content | change::modification_time));
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")).find("link") ==
               std::string::npos);
    BOOST_TEST(::lgetxattr((to + "xattr").c_str(), "user.x", nullptr, 0) == -1);
    BOOST_TEST(::lgetxattr((to + "acl").c_str(), "system.posix_acl_access", nullptr, 0) ==
               static_cast<ssize_t>(acl.size()));
}

BOOST_AUTO_TEST_CASE(names_of_one_inode_are_linked_again_if_it_is_replaced)
{
    make_file(where / "from/a", "before");
    BOOST_REQUIRE_EQUAL(::link((where / "from/a").c_str(), (where / "from/b").c_str()), 0);
    set_mtime(where / "from/a", 1000);
    copy();
    options.overwrite = overwrite_policy::different;
    make_file(where / "from/a", "longer than before");
    set_mtime(where / "from/a", 1000);
    auto result = copy();
    BOOST_TEST(result.report.files == 1u);
    BOOST_TEST(result.report.hard_links == 1u);
    const bool a_is_first = entries.at("a").what == action::copied;
    BOOST_TEST(is(a_is_first ? "a" : "b", action::copied, change::size));
    BOOST_TEST(is(a_is_first ? "b" : "a", action::linked, change::size));
    BOOST_TEST(status_of(where / "to/a").st_ino == status_of(where / "to/b").st_ino);
    BOOST_TEST(content_of(where / "to/b") == "longer than before");
    // One name alone was replaced at the destination.
    BOOST_REQUIRE_EQUAL(::unlink((where / "to/b").c_str()), 0);
    make_file(where / "to/b", "b");
    result = copy();
    BOOST_TEST(status_of(where / "to/a").st_ino == status_of(where / "to/b").st_ino);
    BOOST_TEST(run_tool("verify_tree.sh " + (where / "from") + " " + (where / "to")) == "");
}

BOOST_AUTO_TEST_CASE(what_is_up_to_date_is_not_opened, *precondition(as_root()))
{
    // Its owner may look at such a file, and not open it.
    constexpr uid_t nobody = 65534;
    make_file(where / "from/file", "f", 0);
    BOOST_REQUIRE_EQUAL(::chmod(where.path().c_str(), 0777), 0);
    for (const char* const name : {"from/file", "from"})
        BOOST_REQUIRE_EQUAL(::chown((where / name).c_str(), nobody, nobody), 0);
    copy();
    const pid_t child = ::fork();
    if (child == 0)
    {
        options.on_entry = nullptr;
        const auto run_as_nobody = [&](overwrite_policy policy)
        {
            options.overwrite = policy;
            return test::copy_tree(where / "from", where / "to", options);
        };
        const bool good = ::setgid(nobody) == 0 && ::setuid(nobody) == 0 &&
                          run_as_nobody(overwrite_policy::always).only_failure("file", EACCES) &&
                          run_as_nobody(overwrite_policy::different).report.skipped == 1 &&
                          !run_as_nobody(overwrite_policy::different).error;
        ::_exit(good ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_SUITE_END()
