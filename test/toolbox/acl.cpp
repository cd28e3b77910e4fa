// SPDX-License-Identifier: BSL-1.0

// The value type acl: text, attribute values, rules; and the tools that everyone knows agree.

#include "support/temp_dir.hpp"

#include <asio_fs/acl.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace asio_fs;
using namespace asio_fs::test;

namespace {

using bytes = std::vector<unsigned char>;

// Parses a copy that ends where the heap block ends, so that sanitizers see a step beyond it.
acl parse(const bytes& value, error_code& ec)
{
    const std::unique_ptr<unsigned char[]> copy(new unsigned char[value.size()]);
    std::copy(value.begin(), value.end(), copy.get());
    return acl::from_xattr(asio::const_buffer(copy.get(), value.size()), ec);
}

acl parse(std::string_view text, error_code& ec)
{
    const std::unique_ptr<char[]> copy(new char[text.size()]);
    std::copy(text.begin(), text.end(), copy.get());
    return acl::from_text(std::string_view(copy.get(), text.size()), ec);
}

constexpr acl_perms r = acl_perms::read, w = acl_perms::write, x = acl_perms::execute;

// A program's output; nothing if it fails.
std::string output_of(const std::string& command)
{
    std::string out;
    FILE* const pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    BOOST_TEST_REQUIRE(pipe);
    char part[4096];
    while (const std::size_t n = std::fread(part, 1, sizeof(part), pipe))
        out.append(part, n);
    return ::pclose(pipe) == 0 ? out : std::string();
}

// The tools of the package acl, and a file system that has lists.
struct needs_tools
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        const temp_dir dir;
        const std::string f = dir.file("f", "");
        boost::test_tools::assertion_result result(
            std::system(("setfacl -m u:1:r " + f + " 2>/dev/null").c_str()) == 0 &&
            !output_of("getfacl -c " + f).empty());
        result.message() << "setfacl and getfacl are not installed, or the file system has no such lists";
        return result;
    }
};

acl list_of(const std::string& path, const char* name)
{
    bytes value(65536);
    const ssize_t size = ::getxattr(path.c_str(), name, value.data(), value.size());
    BOOST_TEST_REQUIRE(size > 0);
    value.resize(static_cast<std::size_t>(size));
    return acl::from_xattr(asio::buffer(value));
}

} // namespace

BOOST_AUTO_TEST_SUITE(acl_)

BOOST_AUTO_TEST_CASE(of_mode_bits)
{
    const acl list = acl::from_mode(S_IFREG | 04751);
    BOOST_TEST(list.valid());
    BOOST_TEST(list.to_text() == "user::rwx\ngroup::r-x\nother::--x\n");
    BOOST_TEST((list.equiv_mode() == mode_t(0751)));
    BOOST_TEST(
        (list == acl{{acl_tag::other, x}, {acl_tag::user_obj, acl_perms::all}, {acl_tag::group_obj, r | x}}));
    BOOST_TEST((list != acl::from_mode(0750)));
}

BOOST_AUTO_TEST_CASE(entries_are_in_order)
{
    acl list{{acl_tag::other},          {acl_tag::mask, r},      {acl_tag::group, r, 2},
             {acl_tag::user, w, 70000}, {acl_tag::group_obj, r}, {acl_tag::user, x, 1},
             {acl_tag::user_obj, r | w}};
    BOOST_TEST(list.to_text({.numeric = true, .effective = false}) ==
               "user::rw-\nuser:1:--x\nuser:70000:-w-\ngroup::r--\ngroup:2:r--\nmask::r--\nother::---\n");
    BOOST_TEST(list.size() == 7u);
    list.set({acl_tag::user, r | w, 30});
    list.set({acl_tag::user, r, 70000});
    BOOST_TEST(list.erase(acl_tag::user, 1));
    BOOST_TEST(!list.erase(acl_tag::user, 1));
    BOOST_TEST(
        list.to_text({.numeric = true, .prefix = "default:"}) ==
        "default:user::rw-\ndefault:user:30:rw-\t#effective:r--\ndefault:user:70000:r--\ndefault:group::r--\n"
        "default:group:2:r--\ndefault:mask::r--\ndefault:other::---\n");
    BOOST_TEST((list.find(acl_tag::user, 30)->perms == (r | w)));
    BOOST_TEST((list.effective(*list.find(acl_tag::user, 30)) == r));
    BOOST_TEST((list.effective(*list.find(acl_tag::user_obj)) == (r | w)));
    BOOST_TEST(!list.find(acl_tag::user, 31));
    list.calc_mask();
    BOOST_TEST((list.find(acl_tag::mask)->perms == (r | w)));
    BOOST_TEST(!list.equiv_mode());
}

BOOST_AUTO_TEST_CASE(rules)
{
    const auto valid = [](std::initializer_list<acl_entry> entries) { return acl(entries).valid(); };
    const acl_entry u{acl_tag::user_obj}, g{acl_tag::group_obj}, o{acl_tag::other}, m{acl_tag::mask};
    const acl_entry one{acl_tag::user, r, 1}, other{acl_tag::group, r, 1};
    BOOST_TEST(valid({u, g, o}));
    BOOST_TEST(valid({u, g, o, m}));
    BOOST_TEST(valid({u, g, o, m, one, other}));
    BOOST_TEST(!valid({}));
    BOOST_TEST(!valid({u, g}));
    BOOST_TEST(!valid({u, o}));
    BOOST_TEST(!valid({g, o}));
    BOOST_TEST(!valid({u, u, g, o}));
    BOOST_TEST(!valid({u, g, o, m, m}));
    BOOST_TEST(!valid({u, g, o, one}));
    BOOST_TEST(!valid({u, g, o, other}));
    BOOST_TEST(!valid({u, g, o, m, one, one}));
    BOOST_TEST(!valid({u, g, o, m, {acl_tag::user}}));
    BOOST_TEST(!valid({{acl_tag::user_obj, r, 5}, g, o}));
    BOOST_TEST(!valid({u, g, {acl_tag::other, static_cast<acl_perms>(8)}}));
    BOOST_TEST(!valid({u, g, o, {static_cast<acl_tag>(0x40)}}));
}

BOOST_AUTO_TEST_CASE(attribute_values)
{
    const acl list = acl::from_text("u::rwx,u:1:r,g::rx,g:305419896:-,m::rx,o::-");
    const bytes expected{2,   0,   0,   0,   1,   0,  7,    0,    255,  255,  255, 255, 2,
                         0,   4,   0,   1,   0,   0,  0,    4,    0,    5,    0,   255, 255,
                         255, 255, 8,   0,   0,   0,  0x78, 0x56, 0x34, 0x12, 16,  0,   5,
                         0,   255, 255, 255, 255, 32, 0,    0,    0,    255,  255, 255, 255};
    BOOST_TEST(list.to_xattr() == expected, boost::test_tools::per_element());
    error_code ec;
    BOOST_TEST((parse(expected, ec) == list));
    BOOST_TEST(!ec);
    BOOST_TEST(parse(bytes{2, 0, 0, 0}, ec).empty());
    BOOST_TEST(!ec);
}

BOOST_AUTO_TEST_CASE(attribute_values_that_are_none)
{
    const bytes good = acl::from_mode(0644).to_xattr();
    error_code ec;
    for (std::size_t size = 0; size != good.size(); ++size)
    {
        parse(bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)), ec);
        BOOST_TEST(bool(ec) == ((size - 4) % 8 != 0), "size " << size);
    }
    const auto changed = [&](std::size_t at, unsigned char to)
    {
        bytes value = good;
        value[at] = to;
        error_code error;
        const acl list = parse(value, error);
        BOOST_TEST((!error || list.empty()));
        return error;
    };
    BOOST_TEST(changed(0, 1) == error_code(EINVAL, boost::system::system_category())); // version
    BOOST_TEST(bool(changed(3, 1)));
    BOOST_TEST(bool(changed(4, 0))); // tag
    BOOST_TEST(bool(changed(4, 3)));
    BOOST_TEST(bool(changed(5, 1)));
    BOOST_TEST(bool(changed(6, 8))); // permissions
    BOOST_TEST(bool(changed(7, 1)));
    BOOST_TEST(!changed(8, 0)); // an id that nobody looks at
    BOOST_CHECK_THROW(acl::from_xattr({}), system_error);

    // Whatever it is, it is refused or it is a list that is written as it was read, but for order and unused
    // ids.
    std::mt19937 random(1);
    for (int i = 0; i != 20000; ++i)
    {
        bytes value(random() % 80);
        for (unsigned char& b : value)
            b = static_cast<unsigned char>(random() % 4 != 0 ? random() % 9 : random());
        if (value.size() >= 4 && random() % 8 != 0)
            std::copy_n(good.begin(), 4, value.begin());
        const acl list = parse(value, ec);
        if (ec)
            BOOST_TEST_REQUIRE(list.empty());
        else
        {
            BOOST_TEST_REQUIRE(list.to_xattr().size() == value.size());
            BOOST_TEST_REQUIRE((parse(list.to_xattr(), ec) == list));
        }
    }
}

BOOST_AUTO_TEST_CASE(text_forms)
{
    const acl list = acl::from_text("u::rw,u:70001:7,g::r,m::rx,o::-");
    for (const char* text :
         {"user::rw-\nuser:70001:rwx\ngroup::r--\nmask::r-x\nother::---\n",
          "# file: x\n# owner: "
          "root\nuser::rw-\nuser:70001:rwx\t#effective:r-x\ngroup::r--\nmask::r-x\nother::---",
          "u::6,u:70001:07,g::4,m:5,o:0",
          "  u : : rw ,\n\n\tuser:70001: xwr # all, of it\r\n,g::-r-,mask: r-x\nother:---",
          "o::-,m::rx,g::r,u:70001:rwx,u::rw",
          "default:user::rwx\nd:g::r\nu::rw\nu:70001:rwx\ng::r\nm::rx\no::-\ndefault:o::-\n"})
    {
        error_code ec;
        BOOST_TEST((parse(text, ec) == list), text);
        BOOST_TEST(!ec);
    }
    BOOST_TEST(
        (acl::from_text("u::r\nd:u::rwx,default:g::rx,d:o:-", acl_type::default_) == acl::from_mode(0750)));
    BOOST_TEST(acl::from_text("").empty());
    BOOST_TEST(acl::from_text("# nothing").empty());
    BOOST_TEST(acl::from_text("u:4294967294:r").begin()->id == 4294967294u);
    // Names, also with bytes quoted; 0 is root everywhere.
    BOOST_TEST(acl::from_text("u:root:r").begin()->id == 0u);
    BOOST_TEST(acl::from_text("u:ro\\157t:r").begin()->id == 0u);
    BOOST_TEST(acl::from_text("g:root:r").to_text() == "group:root:r--\n");
    BOOST_TEST(acl::from_text("g:root:r").to_text({.numeric = true}) == "group:0:r--\n");
    BOOST_TEST(acl::from_text("u:4000000001:r").to_text() == "user:4000000001:r--\n");
}

BOOST_AUTO_TEST_CASE(text_that_is_none)
{
    using namespace std::string_view_literals;
    for (const std::string_view text : {"u"sv,
                                        "u:"sv,
                                        "u::"sv,
                                        "u:1"sv,
                                        "u:rw"sv,
                                        "us::r"sv,
                                        "U::r"sv,
                                        "x::r"sv,
                                        "::r"sv,
                                        "u::rr"sv,
                                        "u::rwX"sv,
                                        "u::8"sv,
                                        "u::70"sv,
                                        "u::r u:1:r"sv,
                                        "u:1:2:r"sv,
                                        "m:1:r"sv,
                                        "o:1:r"sv,
                                        "d:d:u::r"sv,
                                        "default"sv,
                                        "d:"sv,
                                        "u:-1:r"sv,
                                        "u:4294967295:r"sv,
                                        "u:99999999999:r"sv,
                                        "u:nobody-has-this-name:r"sv,
                                        "u:ro\0ot:r"sv,
                                        "u:root\\000:r"sv,
                                        "u::r\0"sv,
                                        "user::rw-,group::r--,other"sv})
    {
        error_code ec;
        const acl list = parse(text, ec);
        BOOST_TEST(ec == error_code(EINVAL, boost::system::system_category()), text);
        BOOST_TEST(list.empty());
    }
    BOOST_CHECK_EXCEPTION(acl::from_text("u::r, g:q"), system_error,
                          [](const system_error& e)
                          { return std::string_view(e.what()).find("\"g:q\"") != std::string_view::npos; });
    // Any bytes: no harm, and what is read is written so that it reads the same.
    std::mt19937 random(1);
    constexpr std::string_view letters = "ugmod::::,,rwx-0717\n #\t\\\xff";
    for (int i = 0; i != 20000; ++i)
    {
        std::string text(random() % 40, ' ');
        for (char& c : text)
            c = letters[random() % letters.size()];
        error_code ec;
        const acl list = parse(text, ec);
        if (!ec)
            BOOST_TEST_REQUIRE((parse(list.to_text({.numeric = true}), ec) == list), text);
    }
}

BOOST_AUTO_TEST_CASE(the_tools_print_and_read_the_same, *boost::unit_test::precondition(needs_tools()))
{
    const temp_dir dir;
    const std::string f = dir.file("f", ""), g = dir.file("g", ""), d = dir / "d";
    BOOST_TEST_REQUIRE(::mkdir(d.c_str(), 0751) == 0);
    const char* const access = "system.posix_acl_access";
    for (const char* entries : {"u:root:rwx", "u:root:rwx,u:65000:r,g:root:rw,g:4000000000:-,m::r",
                                "u::-,g::rwx,o::x,m::-", "g:4000000001:wx,g:3:x,u:4000000002:rw,u:5:7"})
    {
        BOOST_TEST_REQUIRE(std::system(("setfacl -b " + f + " && setfacl -m " + entries + " " + f).c_str()) ==
                           0);
        const acl list = list_of(f, access);
        BOOST_TEST(list.valid());
        BOOST_TEST(list.to_text() + "\n" == output_of("getfacl -c " + f));
        BOOST_TEST(list.to_text({.numeric = true}) + "\n" == output_of("getfacl -cn " + f));
        BOOST_TEST(list.to_text({.effective = false}) + "\n" == output_of("getfacl -cE " + f));
        BOOST_TEST((acl::from_text(output_of("getfacl " + f)) == list));
        // The other way: our text to setfacl, our bytes to the kernel.
        const std::string spec = dir.file("spec", list.to_text());
        BOOST_TEST_REQUIRE(std::system(("setfacl --set-file=" + spec + " " + g).c_str()) == 0);
        BOOST_TEST((list_of(g, access) == list));
        const bytes value = list.to_xattr();
        BOOST_TEST(::setxattr(g.c_str(), access, value.data(), value.size(), 0) == 0);
        BOOST_TEST(output_of("getfacl -c " + g) == output_of("getfacl -c " + f));
    }
    // A directory's two lists in one text.
    BOOST_TEST_REQUIRE(std::system(("setfacl -m u:9:rx,d:u:8:rwx,d:m:r " + d).c_str()) == 0);
    const std::string both = output_of("getfacl " + d);
    const acl inherited = list_of(d, "system.posix_acl_default");
    BOOST_TEST((acl::from_text(both) == list_of(d, access)));
    BOOST_TEST((acl::from_text(both, acl_type::default_) == inherited));
    BOOST_TEST(list_of(d, access).to_text() + inherited.to_text({.prefix = "default:"}) + "\n" ==
               output_of("getfacl -c " + d));
}

BOOST_AUTO_TEST_SUITE_END()
