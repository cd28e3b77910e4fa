// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_OP_QUEUE_HPP
#define ASIO_FS_DETAIL_OP_QUEUE_HPP

#include <asio_fs/detail/async_op.hpp>

#include <boost/intrusive/list.hpp>

namespace asio_fs::detail {

template <async_op::hook async_op::*Hook>
using op_list = boost::intrusive::list<async_op, boost::intrusive::member_hook<async_op, async_op::hook, Hook>,
    boost::intrusive::constant_time_size<false>>;

// An operation is in at most one of each kind, and leaves any of them in constant time.
using op_queue = op_list<&async_op::queue_hook>;
using all_ops = op_list<&async_op::all_hook>;
using cancel_queue = op_list<&async_op::cancel_hook>;

} // namespace asio_fs::detail

#endif
