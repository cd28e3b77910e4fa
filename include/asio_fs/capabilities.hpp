// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_CAPABILITIES_HPP
#define ASIO_FS_CAPABILITIES_HPP

#include <asio_fs/detail/executor_of.hpp>
#include <asio_fs/detail/get_engine.hpp>
#include <asio_fs/op/all.hpp>
#include <asio_fs/op/op_info.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace asio_fs {

/// Which engine runs an operation.
enum class engine_kind
{
    ring,     ///< io_uring
    workers   ///< the library's worker threads, as a system call
};

/// How one operation runs on an io_context.
struct capability
{
    /// What the operation is: its name, opcode and manual page, since which Linux release it is there, and
    /// until when it can be cancelled.
    op::op_info info;

    /// Which engine runs it here.
    engine_kind engine;

    /// Why it is not the ring; empty when it is.
    std::string reason;
};

/// How each operation runs on an io_context; see capabilities().
using capability_list = std::vector<capability>;

/// Prints a table: one line for each operation with all that is known of it, and why it is not on the ring.
ASIO_FS_DECL std::ostream& operator<<(std::ostream& out, const capability_list& list);

/// Tells for each operation of the library which engine runs it on an io_context, and why.
/**
 * Opens the context's ring if that has not happened yet. Algorithms on whole trees are not in the list: they always
 * run on worker threads.
 *
 * @param where the io_context, or an executor of it
 */
template <detail::place_to_run Place>
capability_list capabilities(Place&& where)
{
    detail::engine& e = detail::get_engine(detail::executor_of(where));
    capability_list list;
    op::all_operations::for_each([&]<class Op>() {
        const char* reason = e.not_on_ring(Op::info, op::ring_operation<Op>);
        list.push_back({Op::info, reason ? engine_kind::workers : engine_kind::ring, reason ? reason : ""});
    });
    return list;
}

} // namespace asio_fs

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/capabilities.ipp>
#endif

#endif
