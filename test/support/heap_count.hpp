// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_HEAP_COUNT_HPP
#define ASIO_FS_TEST_SUPPORT_HEAP_COUNT_HPP

#include <cstddef>

namespace asio_fs::test {

// How often this program has asked operator new for memory so far, on any thread.
std::size_t heap_count() noexcept;

} // namespace asio_fs::test

#endif
