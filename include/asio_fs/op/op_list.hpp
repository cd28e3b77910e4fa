// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_OP_OP_LIST_HPP
#define ASIO_FS_OP_OP_LIST_HPP

#include <asio_fs/op/operation.hpp>

#include <cstddef>

namespace asio_fs::op {

/// A list of operations, to be matched by templates.
template <operation... Ops>
struct op_list
{
    static constexpr std::size_t size = sizeof...(Ops);

    /// Calls f.template operator()<Op>() for each operation in turn.
    template <class F>
    static constexpr void for_each(F&& f)
    {
        (f.template operator()<Ops>(), ...);
    }
};

} // namespace asio_fs::op

#endif
