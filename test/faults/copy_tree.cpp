// SPDX-License-Identifier: BSL-1.0
#include "sweep.hpp"
#include "tree/support.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <map>

#include <sys/sysmacros.h>

// Whatever fails, a copy ends, and is complete or says what it lacks; no file stands under its name with a part of its
// content, and the copy after it repairs everything.

using namespace asio_fs;
using namespace asio_fs::test;
namespace data = boost::unit_test::data;

namespace {

constexpr const char* colour = "user.colour"; // tmpfs has had such attributes since Linux 6.6

// What an entry is, and everything that a copy preserves of it.
struct entry
{
    struct ::stat status;
    std::string content, attribute;

    static entry of(const std::string& path)
    {
        entry result{status_of(path), {}, {}};
        char text[256];
        if (S_ISREG(result.status.st_mode))
        {
            result.content.resize(static_cast<std::size_t>(result.status.st_size));
            std::ifstream(path).read(result.content.data(), result.status.st_size);
        }
        else if (S_ISLNK(result.status.st_mode))
            result.content.assign(text,
                                  static_cast<std::size_t>(::readlink(path.c_str(), text, sizeof text)));
        if (const ssize_t n = ::lgetxattr(path.c_str(), colour, text, sizeof text); n > 0)
            result.attribute.assign(text, static_cast<std::size_t>(n));
        return result;
    }

    friend bool operator==(const entry& a, const entry& b)
    {
        const struct ::stat &x = a.status, &y = b.status;
        return x.st_mode == y.st_mode && x.st_uid == y.st_uid && x.st_gid == y.st_gid &&
               x.st_rdev == y.st_rdev && x.st_nlink == y.st_nlink && x.st_mtim.tv_sec == y.st_mtim.tv_sec &&
               x.st_mtim.tv_nsec == y.st_mtim.tv_nsec && a.content == b.content && a.attribute == b.attribute;
    }
};

using picture = std::map<std::string, entry>;

void look(const std::string& root, const std::string& path, picture& result)
{
    const auto& [_, found] = *result.emplace(path, entry::of(root + path)).first;
    if (!S_ISDIR(found.status.st_mode))
        return;
    for (const auto& inner : std::filesystem::directory_iterator(root + path))
        look(root, path + "/" + inner.path().filename().string(), result);
}

picture picture_of(const std::string& root)
{
    picture result;
    if (exists(root))
        look(root, "", result);
    return result;
}

void make_source(const std::string& root)
{
    make_dir(root);
    make_dir(root + "/sub", 02750);
    make_dir(root + "/sub/empty", 0555);
    make_file(root + "/file", "content", 0600);
    make_file(root + "/nothing", "");
    make_file(root + "/sub/larger", std::string(40'000, 'x'), 0444);
    make_file(root + "/sparse", "begin");
    BOOST_REQUIRE_EQUAL(::truncate((root + "/sparse").c_str(), 1 << 16), 0);
    make_file(root + "/twice", "linked");
    BOOST_REQUIRE_EQUAL(::link((root + "/twice").c_str(), (root + "/sub/again").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::link((root + "/twice").c_str(), (root + "/sub/and again").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::symlink("nowhere", (root + "/dangling").c_str()), 0);
    BOOST_REQUIRE_EQUAL(::mkfifo((root + "/fifo").c_str(), 0640), 0);
    for (const char* name : {"/file", "/sub"})
        ::setxattr((root + name).c_str(), colour, "green", 5, 0);
    if (::geteuid() == 0)
    {
        BOOST_REQUIRE_EQUAL(::lchown((root + "/file").c_str(), 1234, 1234), 0);
        BOOST_REQUIRE_EQUAL(::lchown((root + "/dangling").c_str(), 1234, 1234), 0);
        BOOST_REQUIRE_EQUAL(::mknod((root + "/device").c_str(), S_IFCHR | 0600, makedev(1, 3)), 0);
    }
    for (const auto& [path, _] : picture_of(root))
        set_mtime(root + path, 1'000'000'000);
}

// What an earlier copy may have left: other content, other kinds, other attributes, other links, and more of it.
void make_old_copy(const std::string& root)
{
    make_dir(root);
    make_dir(root + "/sub", 0700);
    make_dir(root + "/more");
    make_dir(root + "/dangling");
    make_file(root + "/more/of it", "old");
    make_file(root + "/file", "old content");
    ::setxattr((root + "/file").c_str(), colour, "red", 3, 0);
    make_file(root + "/twice", "linked");
    make_file(root + "/sub/again", "linked");
    make_file(root + "/sub/empty", "a file");
    make_file(root + "/fifo", "another file");
    BOOST_REQUIRE_EQUAL(::symlink("elsewhere", (root + "/sub/larger").c_str()), 0);
    set_mtime(root + "/twice", 1'000'000'000);
    make_file(root + "/extraneous", "old");
}

copy_options plain()
{
    copy_options options;
    options.workers = 1;
    return options;
}

copy_options careful()
{
    copy_options options = plain();
    options.atomic = true;
    options.verify = true;
    options.sync = sync_policy::everything;
    return options;
}

copy_options mirror()
{
    copy_options options = plain();
    options.overwrite = overwrite_policy::different;
    options.remove_extraneous = true;
    return options;
}

copy_options with_backups()
{
    copy_options options = mirror();
    options.backup_suffix = "~";
    return options;
}

copy_options by(copy_method method)
{
    copy_options options = plain();
    options.method = method;
    return options;
}

copy_options with_lanes()
{
    copy_options options = mirror();
    options.workers = 3;
    return options;
}

struct scenario
{
    const char* name;
    copy_options options;
    bool onto_old_copy;

    friend std::ostream& operator<<(std::ostream& out, const scenario& s) { return out << s.name; }
};

const std::vector<scenario> scenarios = {
    {"new", plain(), false},
    {"new, careful", careful(), false},
    {"new, read and written", by(copy_method::read_write), false},
    {"new, direct", by(copy_method::direct), false},
    {"onto an old copy", plain(), true},
    {"onto an old copy, careful", careful(), true},
    {"onto an old copy, in its place", mirror(), true},
    {"onto an old copy, with backups", with_backups(), true},
    {"onto an old copy, several threads", with_lanes(), true},
};

void sweep_copies(const scenario& what, fault_kind kind, int error)
{
    scratch where(in_memory());
    const std::string from = where / "from", to = where / "to", old = where / "old";
    make_source(from);
    make_old_copy(old);
    const picture source = picture_of(from);
    const picture before = what.onto_old_copy ? picture_of(old) : picture{};

    const auto prepare = [&]
    {
        BOOST_REQUIRE(!exists(to) || !remove_tree(to).error);
        if (what.onto_old_copy)
            BOOST_REQUIRE(!copy_tree(old, to).error);
    };
    const auto complete = [&]
    {
        picture copy = picture_of(to);
        if (!what.options.remove_extraneous || !what.options.backup_suffix.empty())
            std::erase_if(copy, [&](const auto& found) { return !source.contains(found.first); });
        if (what.onto_old_copy && (!what.options.remove_extraneous || !what.options.backup_suffix.empty()))
        {
            // Only names of files that the copy makes count: their directories have other entries as well.
            for (auto& [path, found] : copy)
                if (S_ISDIR(found.status.st_mode))
                    found.status.st_nlink = source.at(path).status.st_nlink;
        }
        BOOST_TEST(copy.size() == source.size());
        for (const auto& [path, wanted] : source)
        {
            const auto found = copy.find(path);
            BOOST_TEST((found != copy.end() && (found->second == wanted)), path);
        }
    };
    sweep(
        kind, error,
        [&](fault& one)
        {
            prepare();
            one.begin();
            return copy_tree(from, to, what.options);
        },
        [&](const std::optional<finished<copy_report>>& result)
        {
            BOOST_TEST((picture_of(from) == source));
            if (result && result->error)
            {
                BOOST_TEST(result->report.errors > 0u, *result);
                for (const tree_error& failure : result->report.failures)
                {
                    BOOST_TEST(!failure.step.empty());
                    BOOST_TEST((failure.path.empty() || source.contains("/" + failure.path) ||
                                before.contains("/" + failure.path)),
                               failure.path);
                }
            }
            else if (result && result->report.vanished == 0)
                complete();
            for (const auto& [path, found] : picture_of(to))
            {
                if (!S_ISREG(found.status.st_mode) || !source.contains(path))
                    continue;
                BOOST_TEST((found.content == source.at(path).content ||
                            (before.contains(path) && found.content == before.at(path).content)),
                           path);
            }
            const auto repaired = copy_tree(from, to, what.options);
            BOOST_TEST(!repaired.error, repaired);
            complete();
        });
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults_copy_tree)

BOOST_DATA_TEST_CASE(each_call_fails, data::make(scenarios) * data::make({EIO, ENOSPC, EMFILE, EPERM, EINTR}),
                     what, error)
{
    sweep_copies(what, fault_kind::call, error);
}

BOOST_DATA_TEST_CASE(each_request_for_memory_fails, data::make(scenarios), what)
{
    sweep_copies(what, fault_kind::memory, 0);
}

BOOST_AUTO_TEST_SUITE_END()
