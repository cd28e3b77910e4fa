// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <asio_fs/detail/tree/successor.hpp>

#include <filesystem>
#include <iterator>

using namespace asio_fs::test;
using asio_fs::unique_fd;
using namespace asio_fs::detail;
using way = successor::way;

namespace {

struct directory
{
    int create(successor& next, way how)
    {
        return next.create(how,
                           [&](const char* name)
                           {
                               const int flags = how == way::unnamed ? O_TMPFILE : O_CREAT | O_EXCL;
                               return ::openat(dir.get(), name, O_WRONLY | O_CLOEXEC | flags, 0600);
                           });
    }
    auto count() const { return std::distance(std::filesystem::directory_iterator(where.path()), {}); }

    scratch where;
    unique_fd dir{::open(where.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    std::string_view step;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(successor_, directory)

BOOST_AUTO_TEST_CASE(each_way_leads_to_the_name)
{
    for (const way how : {way::direct, way::unnamed, way::temporary, way::over})
    {
        {
            successor next(dir.get(), "name");
            const unique_fd file{create(next, how)};
            BOOST_REQUIRE(file);
            BOOST_TEST(exists(where / "name") == (how == way::direct));
            BOOST_TEST(!next.publish(file.get(), {}, step));
        }
        BOOST_TEST(exists(where / "name"));
        BOOST_TEST(count() == 1);
        BOOST_REQUIRE_EQUAL(::unlink((where / "name").c_str()), 0);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_settled_is_gone_afterwards)
{
    for (const way how : {way::direct, way::unnamed, way::temporary, way::over})
    {
        {
            successor next(dir.get(), "name");
            const unique_fd file{create(next, how)};
            BOOST_REQUIRE(file);
        }
        BOOST_TEST(count() == 0);
    }
}

BOOST_AUTO_TEST_CASE(only_one_way_replaces)
{
    for (const way how : {way::direct, way::unnamed, way::temporary, way::over})
    {
        make_file(where / "name", "precious");
        {
            successor next(dir.get(), "name");
            const unique_fd file{create(next, how)};
            if (how == way::direct)
                BOOST_TEST((!file && errno == EEXIST));
            else
                BOOST_TEST((next.publish(file.get(), {}, step) == errno_code(how == way::over ? 0 : EEXIST)));
        }
        BOOST_TEST(content_of(where / "name") == (how == way::over ? "" : "precious"));
        BOOST_TEST(count() == 1);
    }
}

BOOST_AUTO_TEST_CASE(a_backup_gets_its_name_back_if_its_successor_cannot_have_it)
{
    make_file(where / "name", "precious");
    {
        successor next(dir.get(), "name");
        const unique_fd file{create(next, way::over)};
        BOOST_REQUIRE_EQUAL(::unlink((where / next.name()).c_str()), 0);
        BOOST_TEST((next.publish(file.get(), "~", step) == errno_code(ENOENT)));
    }
    BOOST_TEST(content_of(where / "name") == "precious");
    BOOST_TEST(count() == 1);
}

BOOST_AUTO_TEST_CASE(temporary_names_fit)
{
    BOOST_TEST(successor::temporary_name("name").starts_with(".name."));
    BOOST_TEST(successor::temporary_name("name").size() == 12u);
    BOOST_TEST(successor::temporary_name(std::string(255, 'n')).size() == 255u);
    // No character is cut in two.
    const std::string cut = successor::temporary_name(std::string(246, 'n') + "\xe2\x82\xac...");
    BOOST_TEST(cut.substr(0, 248) == "." + std::string(246, 'n') + ".");
}

BOOST_AUTO_TEST_CASE(a_directory_takes_the_place_of_another_entry)
{
    make_file(where / "name", "f");
    BOOST_TEST(!replace_by_directory(dir.get(), "name", 0750, {}, step));
    BOOST_TEST(status_of(where / "name").st_mode == (S_IFDIR | 0750u));
    BOOST_TEST(count() == 1);
    make_file(where / "other", "f");
    BOOST_TEST(!replace_by_directory(dir.get(), "other", 0700, "~", step));
    BOOST_TEST(content_of(where / "other~") == "f");
    BOOST_TEST(S_ISDIR(status_of(where / "other").st_mode));
}

BOOST_AUTO_TEST_SUITE_END()
