// SPDX-License-Identifier: BSL-1.0

// The version is written in two places, the build system and a header; here they are compared.

#include <boost/test/unit_test.hpp>

#include <string>

#include <asio_fs/version.hpp>

BOOST_AUTO_TEST_SUITE(version)

BOOST_AUTO_TEST_CASE(header_and_build_system_agree)
{
    BOOST_TEST(std::string(ASIO_FS_VERSION_STRING) == std::string(ASIO_FS_TEST_PROJECT_VERSION));
}

BOOST_AUTO_TEST_CASE(numbers_and_text_agree)
{
    const std::string text = std::to_string(ASIO_FS_VERSION_MAJOR) + '.' +
                             std::to_string(ASIO_FS_VERSION_MINOR) + '.' +
                             std::to_string(ASIO_FS_VERSION_PATCH);
    BOOST_TEST(text == std::string(ASIO_FS_VERSION_STRING));
    BOOST_TEST(ASIO_FS_VERSION ==
               ASIO_FS_VERSION_MAJOR * 10000 + ASIO_FS_VERSION_MINOR * 100 + ASIO_FS_VERSION_PATCH);
}

BOOST_AUTO_TEST_SUITE_END()
