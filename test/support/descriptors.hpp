// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_DESCRIPTORS_HPP
#define ASIO_FS_TEST_SUPPORT_DESCRIPTORS_HPP

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace asio_fs::test {

// How many descriptors the process has open.
inline std::size_t open_descriptors()
{
    const auto n = std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
    return static_cast<std::size_t>(n) - 1;   // without the one that reads the directory
}

} // namespace asio_fs::test

#endif
