// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_STEP_ERRORS_HPP
#define ASIO_FS_DETAIL_TREE_STEP_ERRORS_HPP

#include <asio_fs/detail/tree/syscalls.hpp>

#include <string_view>
#include <vector>

namespace asio_fs::detail {

/// Collect what went wrong with one entry while the rest of it was still done.
class step_errors
{
public:
    struct item
    {
        std::string_view step;
        error_code code;
    };

    void add(std::string_view step, error_code code) { items_.push_back({step, code}); }
    void add(std::string_view step, int error) { add(step, errno_code(error)); }
    bool empty() const noexcept { return items_.empty(); }
    void clear() noexcept { items_.clear(); }
    auto begin() const noexcept { return items_.begin(); }
    auto end() const noexcept { return items_.end(); }

private:
    std::vector<item> items_;
};

} // namespace asio_fs::detail

#endif
